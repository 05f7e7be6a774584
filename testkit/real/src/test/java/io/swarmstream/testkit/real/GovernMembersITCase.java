package io.swarmstream.testkit.real;

import static io.swarmstream.testkit.real.AdmitMemberITCase.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.InvitationOffer;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.MemberAct;
import io.swarmstream.clients.chain.MemberStatus;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.chain.SignedBinding;
import io.swarmstream.schemas.signing.SiteKey;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What admins decide about members, alone or together. */
@SuppressWarnings("NullAway.Init")
class GovernMembersITCase {
  private static final Role[] ALL_BUT_ADMIN = {
    Role.OWNER, Role.SITE, Role.AGENT, Role.OBSERVER, Role.NETWORK, Role.JOB
  };

  private MemberChain swarm;

  @BeforeEach
  void found() {
    swarm = new MemberChain(DevChain.shared());
  }

  @AfterEach
  void close() {
    swarm.close();
  }

  @Test
  void everyOtherRoleTogetherMayNotGovern() {
    ChainClient member = swarm.join(1, "hospital-b", ALL_BUT_ADMIN);
    String founder = swarm.address(0);

    assertRefused("MissingRole", () -> member.membership().suspend(founder))
        .hasMessageContaining("with the role admin");
    assertRefused("MissingRole", () -> member.membership().remove(founder));
    assertRefused("MissingRole", () -> member.membership().resume(founder));
    assertRefused("MissingRole", () -> member.membership().approve(founder));
    assertRefused(
        "MissingRole", () -> member.membership().setRoles(swarm.address(1), Set.of(Role.ADMIN)));
    assertRefused("MissingRole", () -> member.membership().setThreshold(1));
    assertRefused(
        "MissingRole", () -> member.membership().invite(swarm.offer("t", "c", Role.SITE)));
    assertRefused(
        "MissingRole", () -> member.membership().cancelInvitation(MemberChain.keyHash("t")));
    assertRefused(
        "MissingRole", () -> member.membership().revokeKey(MemberChain.keyHash("founder")));
  }

  @Test
  void waitsForApprovalWhereTheInvitationSaysSo() {
    String token = MemberChain.newToken();
    swarm.founder.membership().invite(pending(swarm.offer(token, "hospital-b", Role.OWNER)));
    SiteKey account = SiteKey.random();
    swarm
        .founder
        .membership()
        .admit(token, swarm.binding(account, MemberChain.keyHash("b")), new byte[0]);
    assertThat(status(account)).isEqualTo(MemberStatus.PENDING);
    assertThat(swarm.founder.members().hasRole(account.address(), Role.OWNER)).isFalse();
    // The key that the admin compares stays what it is.
    SignedBinding another = swarm.binding(account, MemberChain.keyHash("another"));
    assertRefused("WrongStatus", () -> swarm.founder.membership().bindKey(another));

    swarm.founder.membership().approve(account.address());

    assertThat(status(account)).isEqualTo(MemberStatus.ACTIVE);
    assertThat(swarm.founder.members().hasRole(account.address(), Role.OWNER, Role.SITE)).isTrue();
    assertRefused("WrongStatus", () -> swarm.founder.membership().approve(account.address()));
  }

  @Test
  void aSuspendedMemberMayDoNothingUntilItIsResumed() {
    ChainClient member = swarm.join(1, "hospital-b", Role.OWNER);
    swarm.founder.membership().suspend(swarm.address(1));
    assertThat(member(1).status()).isEqualTo(MemberStatus.SUSPENDED);
    assertThat(member(1).has(Role.OWNER)).isFalse();
    assertRefused("MissingRole", () -> member.membership().setDraft("mnist", "a=1"));
    assertRefused("WrongStatus", () -> swarm.founder.membership().suspend(swarm.address(1)))
        .hasMessageContaining("has status suspended");

    swarm.founder.membership().resume(swarm.address(1));

    member.membership().setDraft("mnist", "a=1");
  }

  @Test
  void aRemovedMemberLeavesNameAndKeyAndMayComeAgain() {
    ChainClient member = swarm.join(1, "hospital-b", Role.SITE);
    swarm.founder.membership().remove(swarm.address(1));

    assertThat(member(1).status()).isEqualTo(MemberStatus.REMOVED);
    assertThat(member(1).keyHash()).isEmpty();
    assertThat(swarm.founder.members().byName("hospital-b")).isEmpty();
    assertThat(swarm.founder.members().byKey(MemberChain.keyHash("hospital-b"))).isEmpty();
    assertRefused("UnknownMember", () -> member.membership().resign());
    assertRefused("UnknownMember", () -> swarm.founder.membership().resume(swarm.address(1)));

    swarm.join(1, "hospital-b", Role.SITE, Role.OBSERVER);

    assertThat(member(1).roles()).containsExactlyInAnyOrder(Role.SITE, Role.OBSERVER);
    assertThat(swarm.founder.members().all()).hasSize(2);
  }

  @Test
  void aMemberMayLeave() {
    ChainClient member = swarm.join(1, "hospital-b", Role.SITE);

    member.membership().resign();

    assertThat(member(1).status()).isEqualTo(MemberStatus.REMOVED);
  }

  @Test
  void theLastAdminStays() {
    String founder = swarm.address(0);
    assertRefused("TooFewAdmins", () -> swarm.founder.membership().remove(founder))
        .hasMessageContaining("0 active admins would be left, and 1 have to agree");
    assertRefused("TooFewAdmins", () -> swarm.founder.membership().suspend(founder));
    assertRefused("TooFewAdmins", () -> swarm.founder.membership().resign());
    assertRefused(
        "TooFewAdmins", () -> swarm.founder.membership().setRoles(founder, Set.of(Role.OWNER)));
    assertRefused(
        "UnknownRoles", () -> swarm.founder.membership().setRoles(founder, Set.<Role>of()));

    ChainClient other = swarm.join(1, "org-b-admin", Role.ADMIN);
    other.membership().remove(founder);

    assertThat(member(0).status()).isEqualTo(MemberStatus.REMOVED);
    assertRefused("TooFewAdmins", () -> other.membership().resign());
  }

  @Test
  void twoAdminsHaveToAgreeAboutAdminsAndNetworkMembers() {
    ChainClient second = swarm.join(1, "org-b-admin", Role.ADMIN);
    swarm.join(2, "org-b-node", Role.NETWORK);
    swarm.join(3, "hospital-b", Role.SITE);
    assertRefused("TooFewAdmins", () -> swarm.founder.membership().setThreshold(3));
    assertThat(swarm.founder.membership().setThreshold(2).isDone()).isTrue();
    assertThat(swarm.founder.members().threshold()).isEqualTo(2);

    MemberAct first = swarm.founder.membership().suspend(swarm.address(2));
    assertThat(first.isDone()).isFalse();
    assertThat(first.votes()).isEqualTo(1);
    assertThat(first.needed()).isEqualTo(2);
    assertThat(member(2).isActive()).isTrue();
    assertRefused("AlreadyVoted", () -> swarm.founder.membership().suspend(swarm.address(2)));
    // Another act is another vote.
    assertThat(second.membership().remove(swarm.address(2)).isDone()).isFalse();

    assertThat(second.membership().suspend(swarm.address(2)).isDone()).isTrue();
    assertThat(member(2).status()).isEqualTo(MemberStatus.SUSPENDED);

    // A site concerns one admin only, unless it is to become more than that.
    assertThat(second.membership().suspend(swarm.address(3)).isDone()).isTrue();
    assertThat(second.membership().setRoles(swarm.address(3), Set.of(Role.ADMIN)).isDone())
        .isFalse();
    assertThat(
            second
                .membership()
                .invite(swarm.offer(MemberChain.newToken(), "n", Role.NETWORK))
                .isDone())
        .isFalse();
    // One admin cannot lower the threshold, and nobody can leave too few.
    assertThat(second.membership().setThreshold(1).isDone()).isFalse();
    assertRefused("TooFewAdmins", () -> second.membership().resign());
  }

  @Test
  void votesOfThoseWhoAreAdminsNoLongerDoNotCount() {
    ChainClient second = swarm.join(1, "b", Role.ADMIN);
    ChainClient third = swarm.join(2, "c", Role.ADMIN);
    swarm.join(3, "d", Role.ADMIN);
    swarm.founder.membership().setThreshold(2);
    assertThat(third.membership().suspend(swarm.address(3)).isDone()).isFalse();
    swarm.founder.membership().remove(swarm.address(2));
    assertThat(second.membership().remove(swarm.address(2)).isDone()).isTrue();

    assertThat(second.membership().suspend(swarm.address(3)).isDone()).isFalse();
    assertThat(swarm.founder.membership().suspend(swarm.address(3)).isDone()).isTrue();
  }

  @Test
  void votesGrowOld() throws Exception {
    try (DevChain own = new DevChain();
        MemberChain slow = new MemberChain(own)) {
      ChainClient second = slow.join(1, "b", Role.ADMIN);
      slow.join(2, "c", Role.NETWORK);
      slow.founder.membership().setThreshold(2);
      slow.founder.membership().remove(slow.address(2));
      own.ask("evm_increaseTime", 31L * 24 * 3600);

      assertThat(second.membership().remove(slow.address(2)).isDone()).isFalse();
      assertThat(slow.founder.membership().remove(slow.address(2)).isDone()).isTrue();
    }
  }

  private static InvitationOffer pending(InvitationOffer offer) {
    return new InvitationOffer(
        offer.tokenHash(),
        offer.name(),
        offer.organisation(),
        offer.roles(),
        offer.contract(),
        offer.maxWeight(),
        offer.expiresAt(),
        true);
  }

  private MemberStatus status(SiteKey account) {
    return swarm.founder.members().byAccount(account.address()).orElseThrow().status();
  }

  private Member member(int account) {
    return swarm.founder.members().byAccount(swarm.address(account)).orElseThrow();
  }
}

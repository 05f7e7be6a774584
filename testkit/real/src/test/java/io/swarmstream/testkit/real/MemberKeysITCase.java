package io.swarmstream.testkit.real;

import static io.swarmstream.testkit.real.AdmitMemberITCase.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ContractDraft;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.NodeRecord;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.chain.RotationText;
import io.swarmstream.clients.chain.SignedBinding;
import io.swarmstream.schemas.signing.SiteKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.web3j.utils.Numeric;

/** Keys, accounts, authorities, nodes and drafts of members. */
@SuppressWarnings("NullAway.Init")
class MemberKeysITCase {
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
  void anotherKeyTakesThePlaceOfTheFormerOneAtOnce() {
    swarm.join(1, "hospital-b", Role.SITE);
    SignedBinding first = swarm.binding(swarm.chain.key(1), key("first"));
    SignedBinding second = swarm.binding(swarm.chain.key(1), key("second"));

    // Anybody may relay what the account has signed.
    swarm.client(5).membership().bindKey(first);

    assertThat(swarm.founder.members().byKey(key("hospital-b"))).isEmpty();
    assertThat(swarm.founder.members().byKey(key("first")))
        .map(Member::name)
        .contains("hospital-b");
    assertThat(member(1).nonce()).isEqualTo(2);
    // Neither the same binding again nor one that was signed for the same place.
    assertRefused("WrongSignature", () -> swarm.client(5).membership().bindKey(first))
        .hasMessageContaining("the member's present nonce");
    assertRefused("WrongSignature", () -> swarm.client(5).membership().bindKey(second));
    assertRefused(
        "UnknownMember",
        () -> swarm.founder.membership().bindKey(swarm.binding(SiteKey.random(), key("x"))));
  }

  @Test
  void aRevokedKeyIsNeverAcceptedAgain() {
    ChainClient member = swarm.join(1, "hospital-b", Role.SITE);
    swarm.join(2, "hospital-c", Role.SITE);
    assertRefused("MissingRole", () -> swarm.client(2).membership().revokeKey(key("hospital-b")));

    member.membership().revokeKey(key("hospital-b"));

    assertThat(swarm.founder.members().isKeyRevoked(key("hospital-b"))).isTrue();
    assertThat(swarm.founder.members().byKey(key("hospital-b"))).isEmpty();
    assertThat(member(1).keyHash()).isEmpty();
    assertThat(member(1).isActive()).isTrue();
    SignedBinding again = swarm.binding(swarm.chain.key(2), key("hospital-b"));
    assertRefused("KeyIsRevoked", () -> swarm.founder.membership().bindKey(again));
    assertRefused("KeyIsRevoked", () -> member.membership().revokeKey(key("hospital-b")));
  }

  @Test
  void aMembershipMovesToAnAccountIfBothSign() {
    swarm.join(1, "hospital-b", Role.SITE, Role.ADMIN);
    SiteKey previous = swarm.chain.key(1);
    SiteKey next = SiteKey.random();
    RotationText text = swarm.founder.members().rotationText(previous.address(), next.address());
    assertRefused(
        "WrongSignature",
        () ->
            swarm
                .founder
                .membership()
                .rotateAccount(text, signature(text, next), signature(text, next)));
    assertRefused(
        "WrongSignature",
        () ->
            swarm
                .founder
                .membership()
                .rotateAccount(text, signature(text, previous), signature(text, previous)));
    Member before = member(1);

    swarm
        .founder
        .membership()
        .rotateAccount(text, signature(text, previous), signature(text, next));

    Member after = swarm.founder.members().byName("hospital-b").orElseThrow();
    assertThat(after.account()).isEqualTo(next.address());
    assertThat(after.roles()).isEqualTo(before.roles());
    assertThat(after.keyHash()).isEqualTo(before.keyHash());
    assertThat(swarm.founder.members().byKey(before.keyHash())).contains(after);
    assertThat(swarm.founder.members().byAccount(previous.address())).isEmpty();
    assertThat(swarm.founder.members().successor(previous.address())).contains(next.address());
    assertThat(swarm.founder.members().all()).hasSize(2).contains(after);
    assertThat(swarm.founder.members().hasRole(previous.address(), Role.ADMIN)).isFalse();
    // The old account is nobody's for ever.
    String token = MemberChain.newToken();
    swarm.founder.membership().invite(swarm.offer(token, "again", Role.SITE));
    assertRefused(
        "AccountWasRotated",
        () ->
            swarm
                .founder
                .membership()
                .admit(token, swarm.binding(previous, key("y")), new byte[0]));
  }

  @Test
  void authoritiesBelongToOrganisations() {
    ChainClient node = swarm.join(1, "org-b-node", Role.NETWORK);
    ChainClient site = swarm.join(2, "hospital-b", Role.SITE, Role.OWNER);
    byte[] der = "authority of org-b".getBytes(StandardCharsets.UTF_8);
    assertRefused("NotOfOrganisation", () -> site.membership().addAuthority("org-b", der));
    assertRefused("NotOfOrganisation", () -> node.membership().addAuthority("org-c", der));
    assertRefused(
        "NotOfOrganisation", () -> node.membership().revokeAuthority(key("authority of org-a")));

    node.membership().addAuthority("org-b", der);
    assertRefused("AuthorityExists", () -> swarm.founder.membership().addAuthority("org-b", der));
    assertRefused(
        "UnknownAuthority", () -> node.membership().revokeAuthority(key("authority of org-z")));
    swarm.founder.membership().revokeAuthority(key("authority of org-b"));

    assertThat(swarm.founder.members().authorities())
        .extracting(authority -> authority.organisation() + " " + authority.isRevoked())
        .containsExactly("org-a false", "org-b true");
    assertRefused("AuthorityExists", () -> node.membership().addAuthority("org-b", der));
  }

  @Test
  void nodesAreAnnouncedByTheirMembers() {
    ChainClient node = swarm.join(1, "org-b-node", Role.NETWORK);
    ChainClient site = swarm.join(2, "hospital-b", Role.SITE);
    assertRefused(
        "MissingRole", () -> swarm.client(5).membership().announceNode(node("site", "", "")));
    assertRefused(
        "MissingRole", () -> site.membership().announceNode(node("network", "enode://a", "")));
    assertRefused(
        "MissingRole", () -> site.membership().announceNode(node("network", "", swarm.address(2))));

    node.membership().announceNode(node("network", "enode://a", swarm.address(6)));
    site.membership().announceNode(node("site", "", ""));
    node.membership().announceNode(node("network", "enode://b", ""));

    assertThat(swarm.founder.members().nodes())
        .extracting(
            one ->
                String.join(" ", one.account(), one.kind(), one.url(), one.enode(), one.sealer()))
        .containsExactly(
            swarm.address(1) + " network https://node.example:30304 enode://b ",
            swarm.address(2) + " site https://node.example:30304  ");
    assertThat(swarm.founder.members().nodes().get(0).announcedAt())
        .isAfter(Instant.now().minus(Duration.ofDays(2)));
  }

  @Test
  void draftsHaveOwnersAndGenerations() {
    ChainClient owner = swarm.join(1, "owner-b", Role.OWNER);
    ChainClient other = swarm.join(2, "owner-c", Role.OWNER);
    ChainClient site = swarm.join(3, "hospital-b", Role.SITE);
    assertRefused("MissingRole", () -> site.membership().setDraft("mnist", "min-peers=2"));
    assertRefused("UnknownDraft", () -> owner.membership().resetContract("mnist"));
    assertRefused("LengthOutOfRange", () -> owner.membership().setDraft("mnist", "x".repeat(4097)));
    assertThat(swarm.founder.members().draft("mnist")).isEmpty();
    assertThat(swarm.founder.members().generation("mnist")).isZero();

    owner.membership().setDraft("mnist", "min-peers=2");
    owner.membership().setDraft("mnist", "x".repeat(4096));
    assertRefused("NotDraftOwner", () -> other.membership().setDraft("mnist", "min-peers=1"));
    assertRefused("NotDraftOwner", () -> other.membership().resetContract("mnist"));
    owner.membership().resetContract("mnist");
    swarm.founder.membership().setDraft("mnist", "min-peers=3");

    ContractDraft draft = new ContractDraft("mnist", "min-peers=3", swarm.address(1), 2);
    assertThat(swarm.founder.members().draft("mnist")).contains(draft);
    assertThat(draft.contract()).isEqualTo("mnist.2");
    assertThat(swarm.founder.members().generation("mnist")).isEqualTo(2);
    assertThat(swarm.founder.members().draftNames()).containsExactly("mnist");
  }

  @Test
  void draftsFollowTheirOwnersMembership() {
    ChainClient owner = swarm.join(1, "owner-b", Role.OWNER);
    owner.membership().setDraft("mnist", "a=1");
    move(swarm.chain.key(1), swarm.chain.key(2));
    move(swarm.chain.key(2), swarm.chain.key(3));

    swarm.client(3).membership().setDraft("mnist", "a=2");

    assertRefused(
            "NotDraftOwner",
            () -> swarm.join(4, "c", Role.OWNER).membership().resetContract("mnist"))
        .hasMessageContaining("its owner " + swarm.address(3));
    assertThat(swarm.founder.members().draft("mnist"))
        .contains(new ContractDraft("mnist", "a=2", swarm.address(3), 1));
  }

  private void move(SiteKey previous, SiteKey next) {
    RotationText text = swarm.founder.members().rotationText(previous.address(), next.address());
    swarm
        .founder
        .membership()
        .rotateAccount(text, signature(text, previous), signature(text, next));
  }

  @Test
  void listsAreReadInPages() {
    for (int i = 0; i < 41; i++) {
      swarm.founder.membership().setDraft("draft-" + i, "");
    }

    assertThat(swarm.founder.members().draftNames())
        .hasSize(41)
        .startsWith("draft-0")
        .endsWith("draft-40");
  }

  private static NodeRecord node(String kind, String enode, String sealer) {
    return new NodeRecord(
        "", kind, "https://node.example:30304", enode, sealer, "0.1.0", Instant.EPOCH);
  }

  private static String signature(RotationText text, SiteKey key) {
    return Numeric.toHexStringNoPrefix(key.sign(text.digest()));
  }

  private Member member(int account) {
    return swarm.founder.members().byAccount(swarm.address(account)).orElseThrow();
  }

  private static String key(String name) {
    return MemberChain.keyHash(name);
  }
}

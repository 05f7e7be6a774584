package io.swarmstream.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.chain.BindingText;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.Invitation;
import io.swarmstream.clients.chain.InvitationOffer;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.MemberStatus;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.chain.SignedBinding;
import io.swarmstream.schemas.signing.SiteKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class AdmitMemberITCase {
  private static final byte[] NO_AUTHORITY = new byte[0];

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
  void theFounderHasAllRolesItsKeyAndItsAuthority() {
    Member founder = swarm.client(5).members().byName("founder").orElseThrow();

    assertThat(founder)
        .isEqualTo(
            new Member(
                swarm.address(0),
                "founder",
                "org-a",
                Set.of(Role.values()),
                MemberStatus.ACTIVE,
                1,
                MemberChain.keyHash("founder"),
                "",
                ""));
    assertThat(swarm.founder.members().authorities())
        .singleElement()
        .satisfies(
            authority -> {
              assertThat(authority.organisation()).isEqualTo("org-a");
              assertThat(authority.hash()).isEqualTo(MemberChain.keyHash("authority of org-a"));
              assertThat(authority.pem()).contains("YXV0aG9yaXR5IG9mIG9yZy1h");
            });
  }

  @Test
  void admitsWhoBringsTheToken() {
    String token = MemberChain.newToken();
    InvitationOffer offer =
        new InvitationOffer(
            InvitationOffer.hashOf(token),
            "hospital-b",
            "org-b",
            Set.of(Role.SITE, Role.OBSERVER),
            "mnist",
            7,
            Instant.now().plus(Duration.ofDays(7)),
            false);
    swarm.founder.membership().invite(offer);
    SiteKey account = SiteKey.random();

    swarm.founder.membership().admit(token, swarm.binding(account, key("b")), NO_AUTHORITY);

    Member admitted =
        new Member(
            account.address(),
            "hospital-b",
            "org-b",
            offer.roles(),
            MemberStatus.ACTIVE,
            1,
            key("b"),
            "",
            offer.tokenHash());
    assertThat(swarm.founder.members().byKey(key("b"))).contains(admitted);
    assertThat(swarm.founder.members().byAccount(account.address())).contains(admitted);
    assertThat(swarm.founder.members().byName("hospital-b")).contains(admitted);
    assertThat(swarm.founder.members().all()).hasSize(2).contains(admitted);
    assertThat(swarm.founder.members().invitation(offer.tokenHash()))
        .contains(new Invitation(offer, swarm.address(0), false, account.address()));
    assertThat(swarm.founder.members().invitations()).hasSize(1);
    assertThat(admitted.principal()).isEqualTo("User:" + key("b"));
  }

  @Test
  void javaAndSolidityAgreeAboutWhatIsSigned() {
    SiteKey account = SiteKey.random();
    BindingText text =
        new BindingText(
            swarm.chain.anvil.chainId(),
            swarm.founder.members().address(),
            account.address(),
            0,
            key("x"),
            "spiffe://hospital-ü.example/site");

    assertThat(text)
        .isEqualTo(
            swarm
                .founder
                .members()
                .bindingText(account.address(), key("x"), "spiffe://hospital-ü.example/site"));
    assertThat(swarm.founder.members().digest(text)).isEqualTo(text.digest().hex());
    assertThat(text.isSignedIn(text.signedBy(account))).isTrue();
  }

  @Test
  void refusesATokenThatNobodyInvited() {
    assertRefused("UnknownInvitation", () -> admit(swarm.founder, "guessed", SiteKey.random()));
  }

  @Test
  void refusesATokenASecondTime() {
    String token = invited("hospital-b", Role.SITE);
    SiteKey first = SiteKey.random();
    admit(swarm.founder, token, first);

    assertRefused("InvitationUsed", () -> admit(swarm.founder, token, SiteKey.random()))
        .hasMessageContaining("admitted " + first.address());
  }

  @Test
  void refusesAnExpiredInvitation() throws Exception {
    try (DevChain own = new DevChain();
        MemberChain late = new MemberChain(own)) {
      String token = MemberChain.newToken();
      late.founder.membership().invite(late.offer(token, "hospital-b", Role.SITE));
      own.ask("evm_increaseTime", 366L * 24 * 3600);
      own.ask("evm_mine");

      SiteKey account = SiteKey.random();
      assertRefused(
              "InvitationExpired",
              () ->
                  late.founder
                      .membership()
                      .admit(token, late.binding(account, key("b")), NO_AUTHORITY))
          .hasMessageContaining("ask for a new invitation");
    }
  }

  @Test
  void refusesACancelledInvitation() {
    String token = invited("hospital-b", Role.SITE);
    swarm.founder.membership().cancelInvitation(InvitationOffer.hashOf(token));

    assertRefused("InvitationNotOpen", () -> admit(swarm.founder, token, SiteKey.random()));
    assertRefused(
        "InvitationNotOpen",
        () -> swarm.founder.membership().cancelInvitation(InvitationOffer.hashOf(token)));
  }

  @Test
  void refusesTheSignatureOfAnotherAccount() {
    String token = invited("hospital-b", Role.SITE);
    SiteKey account = SiteKey.random();
    SignedBinding others = swarm.binding(SiteKey.random(), key("b"));
    SignedBinding claimed = new SignedBinding(account.address(), key("b"), "", others.signature());

    assertRefused(
        "WrongSignature", () -> swarm.founder.membership().admit(token, claimed, NO_AUTHORITY));
    SignedBinding none = new SignedBinding(account.address(), key("b"), "", "00");
    assertRefused(
        "WrongSignature", () -> swarm.founder.membership().admit(token, none, NO_AUTHORITY));
  }

  @Test
  void refusesASignatureForAnotherSwarm() {
    try (MemberChain other = new MemberChain(DevChain.shared())) {
      String token = invited("hospital-b", Role.SITE);
      SignedBinding elsewhere = other.binding(SiteKey.random(), key("b"));

      assertRefused(
          "WrongSignature", () -> swarm.founder.membership().admit(token, elsewhere, NO_AUTHORITY));
    }
  }

  @Test
  void onlyAdminsAndNetworkMembersAdmit() {
    String token = invited("hospital-b", Role.SITE);
    ChainClient network = swarm.join(1, "org-b-node", Role.NETWORK);
    ChainClient site = swarm.join(2, "hospital-c", Role.SITE, Role.JOB, Role.OWNER, Role.AGENT);

    assertRefused("MissingRole", () -> admit(site, token, SiteKey.random()))
        .hasMessageContaining("with the role admin or network");
    assertRefused("MissingRole", () -> admit(swarm.client(5), token, SiteKey.random()));
    swarm.founder.membership().suspend(swarm.address(1));
    assertRefused("MissingRole", () -> admit(network, token, SiteKey.random()));
    swarm.founder.membership().resume(swarm.address(1));
    admit(network, token, SiteKey.random());
  }

  @Test
  void refusesNamesKeysAndAccountsThatAreTaken() {
    String one = invited("hospital-b", Role.SITE);
    String other = invited("hospital-b", Role.SITE);
    String third = invited("hospital-c", Role.SITE);
    SiteKey account = SiteKey.random();
    admit(swarm.founder, one, account);

    assertRefused("NameTaken", () -> admit(swarm.founder, other, SiteKey.random()));
    assertRefused("NameTaken", () -> invited("hospital-b", Role.SITE));
    assertRefused(
            "MemberExists",
            () ->
                swarm
                    .founder
                    .membership()
                    .admit(third, swarm.binding(account, key("c")), NO_AUTHORITY))
        .hasMessageContaining("with status active");
    SignedBinding founders = swarm.binding(SiteKey.random(), MemberChain.keyHash("founder"));
    assertRefused(
            "KeyAlreadyBound",
            () -> swarm.founder.membership().admit(third, founders, NO_AUTHORITY))
        .hasMessageContaining("belongs to member " + swarm.address(0));
  }

  @Test
  void trustsTheAuthorityOfANetworkMemberOnly() {
    byte[] der = "authority of org-b".getBytes(StandardCharsets.UTF_8);
    String site = invited("hospital-b", Role.SITE);
    assertRefused(
        "MissingRole",
        () ->
            swarm.founder.membership().admit(site, swarm.binding(SiteKey.random(), key("b")), der));

    String network = invited("org-b-node", Role.NETWORK);
    swarm.founder.membership().admit(network, swarm.binding(SiteKey.random(), key("n")), der);

    assertThat(swarm.founder.members().authorities())
        .extracting(authority -> authority.organisation())
        .containsExactly("org-a", "org-b");
  }

  @Test
  void bindsASpiffeIdInsteadOfAKey() {
    String token = invited("hospital-b", Role.SITE);
    SiteKey account = SiteKey.random();
    String id = "spiffe://org-b.example/hospital-b";
    SignedBinding binding =
        swarm.founder.members().bindingText(account.address(), "", id).signedBy(account);

    swarm.founder.membership().admit(token, binding, NO_AUTHORITY);

    Member member = swarm.founder.members().bySpiffeId(id).orElseThrow();
    assertThat(member.account()).isEqualTo(account.address());
    assertThat(member.keyHash()).isEmpty();
    assertThat(member.principal()).isEqualTo("User:" + id);
  }

  private String invited(String name, Role... roles) {
    String token = MemberChain.newToken();
    swarm.founder.membership().invite(swarm.offer(token, name, roles));
    return token;
  }

  private void admit(ChainClient by, String token, SiteKey account) {
    by.membership().admit(token, swarm.binding(account, key(account.address())), NO_AUTHORITY);
  }

  private static String key(String name) {
    return MemberChain.keyHash(name);
  }

  static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      String error, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ChainRefusalException.class, e -> assertThat(e.error()).isEqualTo(error));
  }
}

package io.swarmstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.chain.BindingText;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.network.AdmissionRequest;
import io.swarmstream.clients.network.AdmissionTerms;
import io.swarmstream.clients.network.ApiRefusalException;
import io.swarmstream.clients.network.ApiUnreachableException;
import io.swarmstream.clients.network.CertificateAnswer;
import io.swarmstream.clients.network.CertificateOrder;
import io.swarmstream.clients.network.EnrolmentAnswer;
import io.swarmstream.clients.network.MemberInfo;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.CertificateRequest;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.NewcomerTls;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.network.chain.EthereumNode;
import io.swarmstream.network.chain.GethBinary;
import io.swarmstream.network.enrol.CertificatePolicy;
import io.swarmstream.network.enrol.PartnerAuthorities;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.proof.RoundVerifier;
import io.swarmstream.network.setup.CertificateEntry;
import io.swarmstream.network.setup.JoinSetup;
import io.swarmstream.network.setup.NodePlan;
import io.swarmstream.network.setup.SentinelSetup;
import io.swarmstream.schemas.processes.FreePort;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Newcomers without an invitation: whom a certificate of a registered authority lets in. */
class CertificateAdmissionITCase {
  @TempDir private static Path folders;
  private static NetworkNode node;
  private static CertificateAuthority own;
  private static CertificateAuthority partner;

  @BeforeAll
  static void start() throws Exception {
    Assumptions.assumeTrue(
        Boolean.getBoolean("swarm.geth.required") || GethBinary.find().isPresent(),
        "geth is missing: deploy/tools/get-geth builds it");
    node = sentinel("a", CertificatePolicy.of("site,agent,owner,network", 100));
    own = CertificateAuthority.open(folders.resolve("a/authority"));
    partner = CertificateAuthority.create(folders.resolve("partner"), "org-b");
    assertThat(
            new PartnerAuthorities(node.chain()).register(List.of(partner.certificate()), Set.of()))
        .singleElement()
        .asString()
        .contains("organisation");
    awaitTrust(node, partner);
  }

  @AfterAll
  static void stop() {
    if (node != null) {
      node.close();
    }
  }

  private static NetworkNode sentinel(String name, CertificatePolicy policy) throws Exception {
    NetworkFolder folder = NetworkFolder.open(folders.resolve(name));
    EthereumNode chain = SentinelSetup.run(folder, plan("org-a", "org-a"), System.out::println);
    return NetworkNode.start(folder, chain, "127.0.0.1", policy, RoundVerifier.NONE);
  }

  private static NodePlan plan(String organisation, String name) throws IOException {
    return new NodePlan(
        organisation, name, "127.0.0.1", FreePort.any(), FreePort.any(), null, null);
  }

  private static void awaitTrust(NetworkNode at, CertificateAuthority authority) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                at.swarm().authorities().stream()
                    .anyMatch(
                        it -> it.hash().equals(Authorities.fingerprint(authority.certificate()))));
    // TLS looks at changed files once a second.
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(
            () -> {
              try {
                var unused =
                    client(at, identity("probe-" + System.nanoTime(), authority)).version();
                return true;
              } catch (ApiRefusalException e) {
                return e.code().equals("unknown-key");
              }
            });
  }

  /** A folder with a certificate of an authority for this common name. */
  private static Path identity(String name, CertificateAuthority issuer) throws IOException {
    Path folder = folders.resolve("id-" + name);
    List<X509Certificate> trusted =
        List.of(CertificateAuthority.open(folders.resolve("a/authority")).certificate());
    IdentityFolder.at(folder)
        .write(
            issuer
                .issueFor(name, List.of("localhost"))
                .withAuthorities(
                    Authorities.combine(List.of(trusted, List.of(issuer.certificate())))));
    return folder;
  }

  private static NetworkClient client(NetworkNode at, Path identity) {
    return new NetworkClient(List.of(at.uri()), ReloadingTls.of(identity));
  }

  private static NetworkClient client(Path identity) {
    return client(node, identity);
  }

  private static AdmissionRequest request(
      Path identity, @Nullable String name, SiteKey account, SiteKey signer, String... roles) {
    Identity shown = IdentityFolder.at(identity).read();
    AdmissionTerms terms = client(identity).admissionTerms();
    BindingText text =
        new BindingText(
            terms.chainId(), terms.swarmMembers(), signer.address(), 0, shown.keyHash(), "");
    return new AdmissionRequest(
        name, List.of(roles), account.address(), text.signedBy(signer).signature());
  }

  private static EnrolmentAnswer admit(Path identity, @Nullable String name, String... roles) {
    SiteKey account = SiteKey.random();
    return client(identity).admit(request(identity, name, account, account, roles));
  }

  private static void assertRefused(String code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ApiRefusalException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @Test
  void aCertificateOfARegisteredAuthorityIsAnInvitation() throws Exception {
    Path folder = identity("hospital-b", partner);
    EnrolmentAnswer answer = admit(folder, null, "site", "owner");
    assertThat(answer.member())
        .extracting(MemberInfo::name, MemberInfo::organisation, MemberInfo::status)
        .containsExactly("hospital-b", "org-b", "active");
    assertThat(answer.member().roles()).containsExactlyInAnyOrder("site", "owner");
    assertThat(client(folder).me().name()).isEqualTo("hospital-b");
    // The node's organisation answers for it, in the log that nobody can change.
    assertThat(client(folder).audit(0))
        .filteredOn(act -> act.details().toString().contains("hospital-b"))
        .extracting(act -> act.act())
        .contains("MemberInvited", "MemberAdmitted", "KeyBound");
  }

  @Test
  void theOwnOrganisationsCertificatesAreThoseOfTheOwnOrganisation() throws Exception {
    assertThat(admit(identity("ward-1", own), "ward-one", "agent").member())
        .extracting(MemberInfo::name, MemberInfo::organisation)
        .containsExactly("ward-one", "org-a");
  }

  @Test
  void aLostAnswerIsGivenAgain() throws Exception {
    Path folder = identity("hospital-r", partner);
    SiteKey account = SiteKey.random();
    AdmissionRequest request = request(folder, null, account, account, "site");
    MemberInfo first = client(folder).admit(request).member();
    assertThat(client(folder).admit(request).member()).isEqualTo(first);
    // The same certificate makes no second member.
    assertRefused("key-bound", () -> admit(folder, "hospital-r2", "site"));
  }

  @Test
  void anAuthorityThatNobodyHasRegisteredLetsNobodyIn() throws Exception {
    CertificateAuthority stranger = CertificateAuthority.create(folders.resolve("x"), "org-a");
    Path folder = identity("mallory", stranger);
    assertThatThrownBy(() -> client(folder).admissionTerms())
        .isInstanceOf(ApiUnreachableException.class);

    // Nor does one that only this node's files trust.
    IdentityFolder files = IdentityFolder.at(folders.resolve("a/identity"));
    files.writeAuthorities(
        Authorities.combine(List.of(files.read().authorities(), List.of(stranger.certificate()))));
    await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptionsInstanceOf(ApiUnreachableException.class)
        .untilAsserted(
            () -> assertRefused("unknown-authority", () -> client(folder).admissionTerms()));
  }

  @Test
  void withoutACertificateThereIsNothingToAdmit() {
    NetworkClient anonymous =
        new NetworkClient(List.of(node.uri()), NewcomerTls.trusting(List.of(own.certificate())));
    assertRefused("no-certificate", anonymous::admissionTerms);
  }

  @Test
  void onlyTheRolesOfTheOptionAreGiven() throws Exception {
    Path folder = identity("greedy", partner);
    assertRefused("role-not-admitted", () -> admit(folder, null, "site", "admin"));
    assertRefused("role-not-admitted", () -> admit(folder, null, "job"));
    assertRefused("bad-value", () -> admit(folder, null));
    assertRefused("bad-value", () -> admit(folder, null, "king"));
    assertThat(node.swarm().byName("greedy")).isEmpty();
  }

  @Test
  void nobodyTakesTheNameOfAnother() throws Exception {
    Path folder = identity("org-a", partner);
    assertRefused("name-taken", () -> admit(folder, null, "site"));
    assertRefused("bad-value", () -> admit(folder, "two words", "site"));
    Path renamed = identity("ward-2", partner);
    assertThat(admit(renamed, "another", "site").member().name()).isEqualTo("another");
  }

  /** Members order certificates, and may order one for a key that they keep for later. */
  @Test
  void aSpareCertificateOfAMemberMakesNoSecondMember() throws Exception {
    Path folder = identity("hospital-s", partner);
    MemberInfo member = admit(folder, null, "site").member();
    Path spare = folders.resolve("id-spare");
    KeyPair kept = CertificateRequest.newKey();
    CertificateAnswer ordered =
        client(folder).renew(new CertificateOrder(CertificateRequest.of(kept, "x").pem()));
    IdentityFolder.at(spare)
        .write(
            new Identity(
                kept.getPrivate(),
                Authorities.ofPem(ordered.certificate(), "answer"),
                List.of(own.certificate())));
    assertRefused("certificate-of-a-member", () -> admit(spare, "hospital-t", "site"));
    var unused = node.chain().membership().remove(member.account());
    assertRefused("certificate-of-a-member", () -> admit(spare, "hospital-t", "site"));
    assertRefused("name-taken", () -> admit(spare, null, "site"));
    assertThat(node.swarm().byName("hospital-t")).isEmpty();
  }

  @Test
  void nobodyBindsTheCertificateToAnothersAccount() throws Exception {
    Path folder = identity("forger", partner);
    AdmissionRequest forged = request(folder, null, SiteKey.random(), SiteKey.random(), "site");
    assertRefused("bad-value", () -> client(folder).admit(forged));
  }

  @Test
  void whoWasRemovedDoesNotComeBackByItsCertificate() throws Exception {
    Path folder = identity("removed", partner);
    MemberInfo member = admit(folder, null, "site").member();
    var unused = node.chain().membership().remove(member.account());
    assertRefused("key-was-bound", () -> admit(folder, "removed-2", "site"));
    // And nobody else passes for it.
    Path other = identity("other", partner);
    assertRefused("name-taken", () -> admit(other, "removed", "site"));
  }

  @Test
  void aRevokedAuthorityLetsNobodyIn() throws Exception {
    CertificateAuthority gone = CertificateAuthority.create(folders.resolve("gone"), "org-g");
    assertThat(new PartnerAuthorities(node.chain()).register(List.of(gone.certificate()), Set.of()))
        .hasSize(1);
    awaitTrust(node, gone);
    Path folder = identity("late", gone);
    NetworkClient early = client(folder);
    assertThat(early.admissionTerms().roles()).contains("site");
    var unused =
        node.chain().membership().revokeAuthority(Authorities.fingerprint(gone.certificate()));
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertRefused("unknown-authority", early::admissionTerms)); // still connected
    // The owner's CA folder does not bring it back.
    assertThat(new PartnerAuthorities(node.chain()).register(List.of(gone.certificate()), Set.of()))
        .isEmpty();
  }

  @Test
  void aPartnersAuthorityNeverSpeaksForAnotherOrganisation() throws Exception {
    CertificateAuthority twin = CertificateAuthority.create(folders.resolve("twin"), "org-a");
    assertThat(new PartnerAuthorities(node.chain()).register(List.of(twin.certificate()), Set.of()))
        .hasSize(1);
    String hash = Authorities.fingerprint(twin.certificate());
    assertThat(node.chain().members().authorities())
        .filteredOn(it -> it.hash().equals(hash))
        .singleElement()
        .satisfies(it -> assertThat(it.organisation()).isNotEqualTo("org-a"));
  }

  /** The usual case: without the option, nobody. Then a network node joins by a certificate. */
  @Test
  void withoutTheOptionNobodyIsAdmitted() throws Exception {
    try (NetworkNode closed = sentinel("closed", CertificatePolicy.NONE)) {
      CertificateAuthority theirs = CertificateAuthority.open(folders.resolve("closed/authority"));
      Path folder = folders.resolve("id-closed");
      IdentityFolder.at(folder).write(theirs.issueFor("hospital-z", List.of("localhost")));
      assertRefused("admission-closed", client(closed, folder)::admissionTerms);
      assertRefused(
          "admission-closed",
          () ->
              client(closed, folder)
                  .admit(new AdmissionRequest(null, List.of("site"), "0x" + "0".repeat(40), "")));
    }
  }

  /** In a swarm of its own: two sealers need each other, and the second one ends here. */
  @Test
  void aNetworkNodeJoinsByItsCertificateIfThatIsAllowed() throws Exception {
    try (NetworkNode first = sentinel("first", CertificatePolicy.of("network", 1))) {
      CertificateAuthority theirs = CertificateAuthority.open(folders.resolve("first/authority"));
      NetworkFolder folder = NetworkFolder.open(folders.resolve("second"));
      folder.identity().write(theirs.issueFor("sn2", List.of("127.0.0.1")));
      CertificateEntry entry = CertificateEntry.at(first.uri(), folder, null);
      assertThat(entry.name()).isEqualTo("sn2");
      EthereumNode chain =
          JoinSetup.run(
              folder, plan(entry.organisation(), entry.name()), entry, System.out::println);
      try (NetworkNode second = NetworkNode.start(folder, chain, "127.0.0.1")) {
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> second.swarm().networkNodes().size() == 2);
        assertThat(second.swarm().byName("sn2").orElseThrow().has(Role.NETWORK)).isTrue();
        assertThat(second.swarm().byName("sn2").orElseThrow().has(Role.ADMIN)).isFalse();
      }
    }
  }
}

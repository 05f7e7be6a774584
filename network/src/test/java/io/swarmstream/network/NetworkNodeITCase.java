package io.swarmstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.chain.InvitationOffer;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.network.ApiRefusalException;
import io.swarmstream.clients.network.ApiUnreachableException;
import io.swarmstream.clients.network.FoundingOrder;
import io.swarmstream.clients.network.InvitationFile;
import io.swarmstream.clients.network.MemberInfo;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.KeyHash;
import io.swarmstream.identity.NewcomerTls;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.network.chain.EthereumNode;
import io.swarmstream.network.chain.GethBinary;
import io.swarmstream.network.enrol.SiteEnrolment;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.setup.ChainStart;
import io.swarmstream.network.setup.JoinSetup;
import io.swarmstream.network.setup.NodePlan;
import io.swarmstream.network.setup.SentinelSetup;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Network nodes with real Ethereum nodes: who is admitted, who is refused, who takes over. */
class NetworkNodeITCase {
  @TempDir private static Path folders;
  private static NetworkNode sentinel;
  private static long startedMs;

  @BeforeAll
  static void start() throws Exception {
    Assumptions.assumeTrue(
        Boolean.getBoolean("swarm.geth.required") || GethBinary.find().isPresent(),
        "geth is missing: deploy/tools/get-geth builds it");
    long begin = System.nanoTime();
    sentinel = sentinel(folders.resolve("a"));
    startedMs = Duration.ofNanos(System.nanoTime() - begin).toMillis();
    System.out.println("sentinel ready after " + startedMs + " ms");
  }

  @AfterAll
  static void stop() {
    if (sentinel != null) {
      sentinel.close();
    }
  }

  private static NetworkNode sentinel(Path path) throws Exception {
    NetworkFolder folder = NetworkFolder.open(path);
    EthereumNode chain = SentinelSetup.run(folder, plan("org-a"), System.out::println);
    return NetworkNode.start(folder, chain, "127.0.0.1");
  }

  private static NodePlan plan(String name) throws IOException {
    return new NodePlan(name, name, "127.0.0.1", port(), port(), null, null);
  }

  private static int port() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  static InvitationFile invite(
      NetworkNode by, String name, Set<Role> roles, Instant expires, boolean needsApproval) {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    var unused =
        by.chain()
            .membership()
            .invite(
                new InvitationOffer(
                    InvitationOffer.hashOf(token),
                    name,
                    "org-of-" + name,
                    roles,
                    "",
                    1,
                    expires,
                    needsApproval));
    return InvitationFile.of(
        name,
        "org-of-" + name,
        roles.stream().map(Role::code).toList(),
        null,
        expires,
        List.of(by.uri().toString()),
        by.chain().members().bindingText(SiteKey.random().address(), "00".repeat(32), "").chainId(),
        by.chain().members().address(),
        by.swarm().authorities().stream().map(found -> found.pem()).toList(),
        token);
  }

  private static InvitationFile invite(String name, Role... roles) {
    return invite(sentinel, name, Set.of(roles), Instant.now().plus(Duration.ofHours(1)), false);
  }

  private static void assertRefused(String code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ApiRefusalException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @Test
  void aNewcomerEnrolsAndIsServed() throws Exception {
    NetworkClient client =
        new Newcomer(folders.resolve("hospital-b")).enrol(invite("hospital-b", Role.SITE));
    assertThat(client.version().product()).isEqualTo("Swarmstream");
    assertThat(client.members())
        .filteredOn(member -> member.name().equals("hospital-b"))
        .singleElement()
        .extracting(MemberInfo::status, MemberInfo::roles)
        .containsExactly("active", List.of("site"));
    assertThat(client.health().problems())
        .containsExactly("no organisation has announced a Kafka yet");
    assertThat(client.audit(0)).extracting(act -> act.act()).contains("MemberAdmitted");
    assertThat(client.addresses().networkNodes()).containsExactly(sentinel.uri().toString());
  }

  @Test
  void anInvitationWorksOnce() throws Exception {
    InvitationFile invitation = invite("hospital-c", Role.SITE);
    var unused = new Newcomer(folders.resolve("hospital-c")).enrol(invitation);
    assertRefused(
        "invitation-used", () -> enrol(new Newcomer(folders.resolve("mallory-1")), invitation));
  }

  private static void enrol(Newcomer newcomer, InvitationFile invitation) {
    try {
      var unused = newcomer.enrol(invitation);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anExpiredInvitationIsClosed() {
    InvitationFile invitation =
        invite(sentinel, "late", Set.of(Role.SITE), Instant.now().plusSeconds(4), false);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Instant.now().isAfter(Instant.parse(invitation.expires()).plusSeconds(1)));
    assertRefused(
        "invitation-closed", () -> enrol(new Newcomer(folders.resolve("late")), invitation));
  }

  @Test
  void nobodyBindsAKeyOfWhichItHasNoProof() throws Exception {
    InvitationFile invitation = invite("mallory-2", Role.SITE);
    Newcomer mallory = new Newcomer(folders.resolve("mallory-2"));
    NetworkClient anonymous =
        new NetworkClient(
            invitation.nodes(), NewcomerTls.trusting(Newcomer.authorities(invitation)));
    String anothersKey = KeyHash.of(IdentityFolder.at(folders.resolve("a/identity")).read().leaf());
    assertThatThrownBy(
            () -> anonymous.enrol(mallory.request(invitation, anothersKey, mallory.account)))
        .hasMessageContaining("certificateKey");
    // The right certificate with another's Ethereum account.
    assertThatThrownBy(
            () ->
                anonymous.enrol(
                    mallory.request(
                        invitation, KeyHash.of(mallory.key.getPublic()), SiteKey.random())))
        .hasMessageContaining("signature");
  }

  @Test
  void strangersAreRefused() throws Exception {
    InvitationFile any = invite("unused", Role.SITE);
    NetworkClient anonymous =
        new NetworkClient(any.nodes(), NewcomerTls.trusting(Newcomer.authorities(any)));
    assertRefused("no-certificate", anonymous::version);

    // A certificate of an authority that the swarm trusts, whose key is nobody's.
    CertificateAuthority ours = CertificateAuthority.open(folders.resolve("a/authority"));
    Path unbound = folders.resolve("unbound");
    IdentityFolder.at(unbound).write(ours.issueFor("hospital-b", List.of("localhost")));
    assertRefused("unknown-key", clientOf(unbound)::version);

    // A certificate of an authority that it does not trust ends in the handshake.
    CertificateAuthority others = CertificateAuthority.create(folders.resolve("ca-x"), "org-a");
    Path foreign = folders.resolve("foreign");
    IdentityFolder.at(foreign)
        .write(
            others
                .issueFor("hospital-b", List.of("localhost"))
                .withAuthorities(List.of(ours.certificate(), others.certificate())));
    assertThatThrownBy(clientOf(foreign)::version)
        .isInstanceOfAny(ApiUnreachableException.class, ApiRefusalException.class);
  }

  private static NetworkClient clientOf(Path identity) {
    return new NetworkClient(List.of(sentinel.uri()), ReloadingTls.of(identity).context());
  }

  @Test
  void suspensionTakesEffectAtOnce() throws Exception {
    Newcomer site = new Newcomer(folders.resolve("hospital-d"));
    NetworkClient client = site.enrol(invite("hospital-d", Role.SITE));
    assertThat(client.version()).isNotNull();
    assertThat(sentinel.chain().membership().suspend(site.account.address()).isDone()).isTrue();
    await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptions()
        .untilAsserted(() -> assertRefused("not-active", client::version));
    assertThat(sentinel.chain().membership().resume(site.account.address()).isDone()).isTrue();
    await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(client.version()).isNotNull());
    assertThat(sentinel.chain().membership().revokeKey(KeyHash.of(site.key.getPublic())).isDone())
        .isTrue();
    await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptions()
        .untilAsserted(() -> assertRefused("unknown-key", client::version));
  }

  @Test
  void aPendingMemberIsServedOnceItIsApproved() throws Exception {
    Newcomer site = new Newcomer(folders.resolve("hospital-e"));
    NetworkClient client =
        site.enrol(
            invite(
                sentinel,
                "hospital-e",
                Set.of(Role.SITE),
                Instant.now().plus(Duration.ofHours(1)),
                true));
    assertRefused("pending", client::version);
    var unused = sentinel.chain().membership().approve(site.account.address());
    await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(client.version()).isNotNull());
  }

  @Test
  void anObserverChangesNothing() throws Exception {
    Newcomer observer = new Newcomer(folders.resolve("observer"));
    NetworkClient client = observer.enrol(invite("observer", Role.OBSERVER));
    assertThat(client.contracts()).isNotNull();
    assertRefused(
        "missing-role",
        () -> client.found("digits", new FoundingOrder("w float32 [2]\n", "mean", 2, 0)));
  }

  @Test
  void onlyHarmlessMethodsReachTheChain() throws Exception {
    Newcomer site = new Newcomer(folders.resolve("hospital-f"));
    var unused = site.enrol(invite("hospital-f", Role.SITE));
    HttpClient http =
        HttpClient.newBuilder().sslContext(ReloadingTls.of(site.folder).context()).build();
    assertThat(rpc(http, "eth_blockNumber", "")).contains("\"result\"");
    for (String method :
        List.of(
            "admin_addPeer",
            "personal_unlockAccount",
            "clique_propose",
            "debug_traceBlock",
            "eth_sendTransaction",
            "eth_accounts",
            "miner_stop",
            "txpool_content")) {
      assertThat(rpc(http, method, "")).contains("\"error\"").doesNotContain("\"result\"");
    }
  }

  private static String rpc(HttpClient http, String method, String params) throws Exception {
    return http.send(
            HttpRequest.newBuilder(sentinel.uri().resolve("/rpc"))
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""
                            + method
                            + "\",\"params\":["
                            + params
                            + "]}"))
                .build(),
            BodyHandlers.ofString())
        .body();
  }

  /** The first organisation's node is killed for good; the second one's invites and admits. */
  @Test
  void anotherOrganisationGoesOnAlone() throws Exception {
    NetworkNode first = sentinel(folders.resolve("g1"));
    NetworkFolder folder = NetworkFolder.open(folders.resolve("g2"));
    InvitationFile invitation =
        invite(
            first,
            "org-b",
            Set.of(Role.NETWORK, Role.ADMIN, Role.OWNER),
            Instant.now().plus(Duration.ofHours(1)),
            false);
    long begin = System.nanoTime();
    EthereumNode chain = JoinSetup.run(folder, plan("org-b"), invitation, System.out::println);
    NetworkNode second = NetworkNode.start(folder, chain, "127.0.0.1");
    System.out.println(
        "joined after " + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms");
    try {
      await().atMost(Duration.ofSeconds(30)).until(() -> second.swarm().networkNodes().size() == 2);
      // Two sealers need each other, so the first one is voted out before it goes.
      Newcomer site = new Newcomer(folders.resolve("g3"));
      NetworkClient client =
          site.enrol(
              invite(
                  second,
                  "hospital-g",
                  Set.of(Role.SITE),
                  Instant.now().plus(Duration.ofHours(1)),
                  false));
      assertThat(client.members()).extracting(MemberInfo::name).contains("org-a", "org-b");
      first.close();
      assertThat(client.version()).isNotNull();
      assertThat(new SiteEnrolment(second.chain()).onChain("digits")).isEqualTo("digits");
    } finally {
      second.close();
    }
  }

  @Test
  void aRestartedNodeFindsItsSwarm() throws Exception {
    NetworkNode node = sentinel(folders.resolve("h"));
    var settings = node.settings();
    node.close();
    NetworkFolder folder = NetworkFolder.existing(folders.resolve("h"));
    EthereumNode chain = ChainStart.of(folder, settings, System.out::println);
    try (NetworkNode again = NetworkNode.start(folder, chain, "127.0.0.1")) {
      assertThat(again.swarm().members()).hasSize(1);
      assertThat(again.uri()).isEqualTo(java.net.URI.create(settings.url()));
    }
  }
}

package io.swarmstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.chain.Enrolment;
import io.swarmstream.clients.chain.InvitationOffer;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.network.AnchorInfo;
import io.swarmstream.clients.network.ApiRefusalException;
import io.swarmstream.clients.network.ApiUnreachableException;
import io.swarmstream.clients.network.FoundingOrder;
import io.swarmstream.clients.network.HeartbeatRequest;
import io.swarmstream.clients.network.InvitationFile;
import io.swarmstream.clients.network.MemberInfo;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.clients.network.PerformanceInfo;
import io.swarmstream.clients.network.RefusalInfo;
import io.swarmstream.clients.network.SitePerformance;
import io.swarmstream.clients.network.TrainingProgress;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.CertificateRequest;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.KeyHash;
import io.swarmstream.identity.NewcomerTls;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.network.chain.EthereumNode;
import io.swarmstream.network.chain.GenesisFile;
import io.swarmstream.network.chain.GethBinary;
import io.swarmstream.network.chain.GethFolder;
import io.swarmstream.network.enrol.SiteEnrolment;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.setup.ChainStart;
import io.swarmstream.network.setup.JoinSetup;
import io.swarmstream.network.setup.NodePlan;
import io.swarmstream.network.setup.SentinelSetup;
import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.processes.FreePort;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.testkit.MonitoredMetrics;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
    sentinel = quick(folders.resolve("a"));
    startedMs = Duration.ofNanos(System.nanoTime() - begin).toMillis();
    System.out.println("sentinel ready after " + startedMs + " ms");
  }

  @AfterAll
  static void stop() {
    if (sentinel != null) {
      sentinel.close();
    }
  }

  /** A node whose transactions wait for no block: most of the time of these tests was that. */
  private static NetworkNode quick(Path path) throws Exception {
    NetworkFolder folder = NetworkFolder.open(path);
    GethFolder chain = folder.chain();
    chain.begin(
        GethBinary.find().orElseThrow(),
        GenesisFile.fresh(chain.sealer(), List.of(folder.account().address()))
            .withPeriodSeconds(0));
    return sentinel(path);
  }

  private static NetworkNode sentinel(Path path) throws Exception {
    NetworkFolder folder = NetworkFolder.open(path);
    EthereumNode chain = SentinelSetup.run(folder, plan("org-a"), System.out::println);
    return NetworkNode.start(folder, chain, "127.0.0.1");
  }

  private static NodePlan plan(String name) throws IOException {
    return new NodePlan(name, name, "127.0.0.1", FreePort.any(), FreePort.any(), null, null);
  }

  static InvitationFile invite(
      NetworkNode by, String name, Set<Role> roles, Instant expires, boolean needsApproval) {
    return invite(by, name, roles, expires, needsApproval, "");
  }

  private static InvitationFile invite(
      NetworkNode by,
      String name,
      Set<Role> roles,
      Instant expires,
      boolean needsApproval,
      String contract) {
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
                    contract,
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

  /** An agent's sites do not know yet which trainings they will be asked to run. */
  @Test
  void aSiteThatIsInvitedForAllContractsIsEnrolledInThoseThatComeToo() throws Exception {
    createOpenContract("first");
    Newcomer site = new Newcomer(folders.resolve("hospital-all"));
    var unused =
        site.enrol(
            invite(
                sentinel,
                "hospital-all",
                Set.of(Role.SITE),
                Instant.now().plus(Duration.ofHours(1)),
                false,
                InvitationFile.ALL_CONTRACTS));
    assertThat(enrolled("first")).contains("hospital-all");
    createOpenContract("second");
    new SiteEnrolment(sentinel.chain()).enrolWaiting("second", "second");
    assertThat(enrolled("second")).containsExactly("hospital-all");
  }

  private static List<String> enrolled(String contract) {
    return sentinel.chain().registry().sites(contract).stream().map(Enrolment::name).toList();
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
        invite(sentinel, "late", Set.of(Role.SITE), Instant.now().plusSeconds(3), false);
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

  /** The key is an active member's, so nothing but the date speaks against it. */
  @Test
  void anExpiredCertificateIsRefusedOnOpenAndOnNewConnections() throws Exception {
    Newcomer site = new Newcomer(folders.resolve("hospital-x"));
    var unused = site.enrol(invite("hospital-x", Role.SITE));
    CertificateAuthority ours = CertificateAuthority.open(folders.resolve("a/authority"));
    Identity own = IdentityFolder.at(site.folder).read();
    Instant end = Instant.now().plusSeconds(4);
    IdentityFolder.at(site.folder)
        .write(
            own.withChain(
                List.of(
                    ours.issue(
                        CertificateRequest.renewal(own),
                        "hospital-x",
                        List.of(),
                        Duration.between(Instant.now(), end)))));
    NetworkClient connected = clientOf(site.folder);
    assertThat(connected.version()).isNotNull();
    NetworkClient later = clientOf(site.folder);
    await().atMost(Duration.ofSeconds(20)).until(() -> Instant.now().isAfter(end.plusSeconds(1)));

    assertRefused("certificate-expired", connected::version);
    assertThatThrownBy(later::version).isInstanceOf(ApiUnreachableException.class);
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

  @Test
  void anObserversPrometheusReadsWhatDashboardAndAlertsName() throws Exception {
    createOpenContract("measured");
    Newcomer observer = new Newcomer(folders.resolve("prometheus"));
    var unused = observer.enrol(invite("prometheus", Role.OBSERVER));
    HttpClient http =
        HttpClient.newBuilder().sslContext(ReloadingTls.of(observer.folder).context()).build();
    HttpResponse<String> page = metrics(http);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type"))
        .get()
        .asString()
        .contains("version=0.0.4");
    assertThat(MonitoredMetrics.reportedBy(page.body()))
        .containsAll(MonitoredMetrics.startingWith("swarmstream_network_"));
    assertThat(page.body())
        .contains(
            "swarmstream_network_node_info{node=\"org-a\"",
            "swarmstream_network_chain_peers 0.0",
            "swarmstream_network_round{contract=\"measured\"} -1.0",
            "swarmstream_network_anchored_round{contract=\"measured\"} -1.0")
        .containsPattern("swarmstream_network_members\\{status=\"active\"} [1-9]");
    assertThat(value(page.body(), "swarmstream_network_chain_height")).isPositive();
    assertThat(value(page.body(), "swarmstream_network_chain_block_time_seconds"))
        .isBetween(Instant.now().getEpochSecond() - 60.0, Instant.now().getEpochSecond() + 5.0);
    assertThat(value(page.body(), "swarmstream_network_certificate_expiry_time_seconds"))
        .isGreaterThan((double) Instant.now().plus(Duration.ofDays(80)).getEpochSecond());

    HttpClient stranger =
        HttpClient.newBuilder()
            .sslContext(NewcomerTls.trusting(Newcomer.authorities(invite("nobody", Role.OBSERVER))))
            .build();
    assertThat(metrics(stranger).statusCode()).isEqualTo(401);
  }

  private static HttpResponse<String> metrics(HttpClient http) throws Exception {
    return http.send(
        HttpRequest.newBuilder(sentinel.uri().resolve("/metrics")).build(),
        BodyHandlers.ofString());
  }

  private static double value(String page, String metric) {
    return page.lines()
        .filter(line -> line.startsWith(metric + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(metric.length())))
        .findFirst()
        .orElseThrow();
  }

  private static void createOpenContract(String name) {
    createOpenContract(sentinel, name);
  }

  static void createOpenContract(NetworkNode by, String name) {
    ModelLayout layout = ModelLayout.flat(4);
    String unused =
        by.chain()
            .administration()
            .createContract(
                new ContractTerms(
                    name,
                    by.chain().network(),
                    "mean",
                    1,
                    1_000,
                    4,
                    4,
                    DeltaEncoding.FLOAT32,
                    layout.hash().hex()),
                layout,
                by.swarm().members().get(0).account());
  }

  @Test
  void anchorsAreShownWithTheirBlocks() throws Exception {
    createOpenContract("anchored");
    List<String> transactions = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      Anchor anchor = new Anchor("anchored", round, hash("a", round), hash("b", round));
      transactions.add(sentinel.chain().anchors().anchorRound(anchor).orElseThrow());
    }
    NetworkClient observer =
        new Newcomer(folders.resolve("anchor-reader"))
            .enrol(invite("anchor-reader", Role.OBSERVER));
    assertThat(observer.anchors("anchored", 2))
        .extracting(AnchorInfo::round, AnchorInfo::recordHash, AnchorInfo::modelHash)
        .containsExactly(
            tuple(1L, hash("a", 1), hash("b", 1)), tuple(2L, hash("a", 2), hash("b", 2)));
    List<AnchorInfo> all = observer.anchors("anchored", 100);
    assertThat(all).extracting(AnchorInfo::transaction).isEqualTo(transactions);
    assertThat(all).extracting(AnchorInfo::block).isSorted();
    assertThat(Instant.parse(all.get(0).at()))
        .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(5));
    assertThat(observer.anchors("nothing", 5)).isEmpty();
  }

  private static String hash(String digit, int round) {
    return digit.repeat(63) + round;
  }

  @Test
  void whatASiteReportsBetweenRoundsIsShown() throws Exception {
    createOpenContract("watched");
    Newcomer site = new Newcomer(folders.resolve("hospital-w"));
    NetworkClient client = site.enrol(invite("hospital-w", Role.SITE));
    sentinel
        .chain()
        .administration()
        .enrolSite("watched", site.account.address(), "hospital-w", 10);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> client.performance("watched").sites().size() == 1);
    SitePerformance before = client.performance("watched").sites().get(0);
    assertThat(before.training()).isFalse();
    assertThat(before.loss()).isNull();

    client.heartbeat(
        new HeartbeatRequest(
            "SL",
            "w-1",
            "http://127.0.0.1:1",
            "1",
            List.of(
                new TrainingProgress("watched", 2.5, 10, 0.31, Double.NaN),
                new TrainingProgress("measured", 9, 9, 0.1, 0.9))));
    PerformanceInfo now = client.performance("watched");
    assertThat(now.leader()).isEqualTo("org-a");
    assertThat(now.round()).isNull();
    assertThat(now.sites())
        .singleElement()
        .satisfies(
            shown -> {
              assertThat(shown.site()).isEqualTo("hospital-w");
              assertThat(shown.training()).isTrue();
              assertThat(shown.epochs()).isEqualTo(2.5);
              assertThat(shown.totalEpochs()).isEqualTo(10);
              assertThat(shown.loss()).isEqualTo(0.31);
              assertThat(shown.metric()).isNull();
              assertThat(shown.reportedAt()).isNotNull();
            });
    // It is enrolled in no other contract, whatever it says.
    assertThat(client.performance("measured").sites()).isEmpty();
  }

  @Test
  void actsTellWhoRelayedThemAndWithWhichKey() throws Exception {
    NetworkClient client =
        new Newcomer(folders.resolve("audited")).enrol(invite("audited", Role.OBSERVER));
    String nodesKey = IdentityFolder.at(folders.resolve("a/identity")).read().keyHash();
    assertThat(client.audit(0))
        .filteredOn(act -> act.act().equals("MemberAdmitted") && "audited".equals(act.onBehalfOf()))
        .singleElement()
        .satisfies(
            act -> {
              assertThat(act.member()).isEqualTo("org-a");
              assertThat(act.certificateKey()).isEqualTo(nodesKey);
            });
    assertThat(client.audit(0))
        .filteredOn(act -> act.act().equals("MemberInvited"))
        .allSatisfy(act -> assertThat(act.onBehalfOf()).isNull());
  }

  @Test
  void whatIsRefusedIsNotedForAdmins() throws Exception {
    InvitationFile invitation = invite("refused", Role.OBSERVER);
    Newcomer observer = new Newcomer(folders.resolve("refused"));
    NetworkClient client = observer.enrol(invitation);
    NetworkClient anonymous =
        new NetworkClient(
            invitation.nodes(), NewcomerTls.trusting(Newcomer.authorities(invitation)));
    assertRefused("no-certificate", anonymous::members);
    assertRefused("no-certificate", anonymous::members);
    assertRefused(
        "invitation-used", () -> enrol(new Newcomer(folders.resolve("replay")), invitation));
    assertRefused("missing-role", client::refusals);

    List<RefusalInfo> refused = clientOf(folders.resolve("a/identity")).refusals();
    assertThat(refused)
        .filteredOn(found -> found.request().equals("GET /v1/members"))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.code()).isEqualTo("no-certificate");
              assertThat(found.count()).isEqualTo(2);
              assertThat(found.address()).isEqualTo("127.0.0.1");
              assertThat(found.member()).isNull();
            });
    assertThat(refused)
        .extracting(RefusalInfo::code, RefusalInfo::request, RefusalInfo::member)
        .contains(
            tuple("invitation-used", "POST /v1/enrolments", null),
            tuple("missing-role", "GET /v1/audit/refused", "refused"));
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(folders.resolve("a/refused.log"))
                    .content()
                    .contains("invitation-used", "missing-role")
                    .doesNotContain(invitation.token()));
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
    NetworkNode node = quick(folders.resolve("h"));
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

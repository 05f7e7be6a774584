package io.swarmstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.network.CallerInfo;
import io.swarmstream.clients.network.ContractInfo;
import io.swarmstream.clients.network.HeartbeatRequest;
import io.swarmstream.clients.network.InvitationFile;
import io.swarmstream.clients.network.LoginLink;
import io.swarmstream.clients.network.MemberInfo;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.embedded.Anvil;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.KeyHash;
import io.swarmstream.identity.NewcomerTls;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.network.chain.EthereumNode;
import io.swarmstream.network.chain.UrlNode;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.setup.NodePlan;
import io.swarmstream.network.setup.SentinelSetup;
import io.swarmstream.schemas.processes.FreePort;
import io.swarmstream.web.ApiJson;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attacks on the console's login at a real network node, each beside an honest call. */
class ConsoleLoginITCase {
  @TempDir private static Path folders;
  private static Anvil anvil;
  private static NetworkNode node;
  private static SSLContext browser;

  @BeforeAll
  static void start() throws Exception {
    anvil = Anvil.start();
    NetworkFolder folder = NetworkFolder.open(folders.resolve("a"));
    EthereumNode rich = new UrlNode(anvil.url());
    var unused =
        rich.call(
            ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"anvil_setBalance\",\"params\":[\""
                    + folder.account().address()
                    + "\",\"0x3635c9adc5dea00000\"]}")
                .getBytes(StandardCharsets.UTF_8));
    EthereumNode chain =
        SentinelSetup.run(
            folder,
            new NodePlan(
                "org-a", "org-a", "127.0.0.1", FreePort.any(), FreePort.any(), null, anvil.url()),
            System.out::println);
    node = NetworkNode.start(folder, chain, "127.0.0.1");
    browser =
        NewcomerTls.trusting(IdentityFolder.at(folders.resolve("a/identity")).read().authorities());
  }

  @AfterAll
  static void stop() {
    if (node != null) {
      node.close();
    }
    if (anvil != null) {
      anvil.close();
    }
  }

  private static Newcomer newcomer(String name, Role... roles) throws Exception {
    InvitationFile invitation =
        NetworkNodeITCase.invite(
            node, name, Set.of(roles), Instant.now().plus(Duration.ofHours(1)), false);
    Newcomer newcomer = new Newcomer(folders.resolve(name));
    var unused = newcomer.enrol(invitation);
    return newcomer;
  }

  private static NetworkClient client(Path identity) {
    return new NetworkClient(List.of(node.uri()), ReloadingTls.of(identity).context());
  }

  /** A request of a browser that has no certificate, as the pages make it. */
  private static HttpRequest.Builder request(String method, String path, @Nullable String cookie) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(node.uri().resolve(path))
            .timeout(Duration.ofSeconds(20))
            .header("Sec-Fetch-Site", "same-origin")
            .method(
                method,
                method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"));
    return cookie == null ? request : request.header("Cookie", cookie);
  }

  private static HttpRequest.Builder marked(String method, String path, @Nullable String cookie) {
    return request(method, path, cookie).header("X-Swarm-Console", "1");
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newBuilder()
        .sslContext(browser)
        .build()
        .send(request.build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> begin(String token) throws Exception {
    return send(
        marked("POST", "/v1/console/sessions", null)
            .method("POST", BodyPublishers.ofString("{\"token\":\"" + token + "\"}")));
  }

  private static String token(LoginLink link) {
    return link.url().substring(link.url().lastIndexOf('/') + 1);
  }

  private static String logIn(Path identity) throws Exception {
    HttpResponse<String> answer = begin(token(client(identity).loginLink()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
    return set.substring(0, set.indexOf(';'));
  }

  private static void assertRefused(int status, String code, HttpRequest.Builder request)
      throws Exception {
    HttpResponse<String> answer = send(request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(ApiJson.mapper().readTree(answer.body()).path("code").asText()).isEqualTo(code);
  }

  @Test
  void aLinkLogsABrowserInOnceAndTheCookieIsForThisServerOnly() throws Exception {
    Path identity = newcomer("reader", Role.OBSERVER).folder;
    LoginLink link = client(identity).loginLink();
    assertThat(link.url()).startsWith(node.uri() + "/console/#/login/");
    assertThat(Instant.parse(link.expiresAt()))
        .isBetween(Instant.now().plusSeconds(200), Instant.now().plusSeconds(301));
    HttpResponse<String> answer = begin(token(link));
    String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(set)
        .startsWith("__Host-swarm-console=")
        .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict")
        .doesNotContain("Domain", "Max-Age");
    String cookie = set.substring(0, set.indexOf(';'));
    JsonNode me = ApiJson.mapper().readTree(send(request("GET", "/v1/me", cookie)).body());
    assertThat(me.path("member").asText()).isEqualTo("reader");
    assertThat(me.path("by").asText()).isEqualTo("session");
    assertThat(me.path("roles").toString()).isEqualTo("[\"observer\"]");
    assertThat(me.path("acts").asBoolean()).isFalse();
    assertThat(me.path("whyNot").asText()).contains("your own key");
    assertThat(me.at("/node/member").asText()).isEqualTo("org-a");
    assertThat(Instant.parse(me.path("sessionEnds").asText())).isAfter(Instant.now());
    assertThat(send(request("GET", "/v1/members", cookie)).body()).contains("\"reader\"");

    HttpResponse<String> again = begin(token(link));
    assertThat(again.statusCode()).isEqualTo(403);
    assertThat(again.body()).contains("login-refused", "swarm console");
    assertThat(begin("A".repeat(43)).statusCode()).isEqualTo(403);
    assertThat(begin("").statusCode()).isEqualTo(403);
  }

  @Test
  void theNodesOwnMemberActs() throws Exception {
    CallerInfo me =
        ApiJson.mapper()
            .readValue(
                send(request("GET", "/v1/me", logIn(folders.resolve("a/identity")))).body(),
                CallerInfo.class);
    assertThat(me.acts()).isTrue();
    assertThat(me.whyNot()).isNull();
    assertThat(client(folders.resolve("a/identity")).me().name()).isEqualTo("org-a");
  }

  @Test
  void withoutASessionAndAfterItNothingIsShown() throws Exception {
    assertRefused(401, "no-certificate", request("GET", "/v1/members", null));
    assertRefused(
        401,
        "session-ended",
        request("GET", "/v1/members", "__Host-swarm-console=" + "A".repeat(43)));
    String cookie = logIn(newcomer("leaver", Role.OBSERVER).folder);
    assertThat(send(request("GET", "/v1/members", cookie)).statusCode()).isEqualTo(200);
    HttpResponse<String> out = send(marked("DELETE", "/v1/console/sessions", cookie));
    assertThat(out.statusCode()).as(out.body()).isEqualTo(200);
    assertThat(out.headers().firstValue("Set-Cookie").orElse("")).contains("Max-Age=0");
    assertRefused(401, "session-ended", request("GET", "/v1/members", cookie));
  }

  @Test
  void aCookieOpensNothingThatProgramsDo() throws Exception {
    String cookie = logIn(folders.resolve("a/identity"));
    for (String path :
        List.of(
            "/rpc",
            "/v1/console/links",
            "/v1/certificates",
            "/v1/bindings",
            "/v1/rotations",
            "/v1/heartbeats",
            "/v1/contracts/digits")) {
      assertRefused(403, "certificate-needed", marked("POST", path, cookie));
    }
    for (String method : List.of("GET", "POST")) {
      assertRefused(401, "session-ended", marked(method, "/v1/admissions", cookie));
    }
  }

  @Test
  void foreignPagesNeitherReadNorChangeAnything() throws Exception {
    String cookie = logIn(folders.resolve("a/identity"));
    String token = token(client(folders.resolve("a/identity")).loginLink());
    for (String[] foreign :
        new String[][] {
          {"Origin", "https://evil.example"},
          {"Origin", "null"},
          {"Sec-Fetch-Site", "cross-site"},
          {"Sec-Fetch-Site", "same-site"}
        }) {
      for (HttpRequest.Builder attack :
          List.of(
              // A form, which sends no header of its own; and a fetch, which may try.
              request("POST", "/v1/invitations", cookie)
                  .header("Content-Type", "application/x-www-form-urlencoded"),
              marked("DELETE", "/v1/console/sessions", cookie),
              marked("GET", "/v1/members", cookie),
              marked("GET", "/v1/events", cookie),
              marked("POST", "/v1/console/sessions", null)
                  .method("POST", BodyPublishers.ofString("{\"token\":\"" + token + "\"}")))) {
        assertRefused(403, "cross-site", attack.setHeader(foreign[0], foreign[1]));
      }
    }
    assertThat(begin(token).statusCode()).as("the link is still good").isEqualTo(200);
    assertThat(send(request("GET", "/v1/members", cookie)).statusCode()).isEqualTo(200);
  }

  @Test
  void changesNeedTheMarker() throws Exception {
    Path identity = newcomer("marked", Role.OBSERVER).folder;
    String cookie = logIn(identity);
    assertRefused(403, "not-marked", request("DELETE", "/v1/console/sessions", cookie));
    String token = token(client(identity).loginLink());
    assertRefused(
        403,
        "not-marked",
        request("POST", "/v1/console/sessions", null)
            .method("POST", BodyPublishers.ofString("{\"token\":\"" + token + "\"}")));
    assertThat(begin(token).statusCode()).isEqualTo(200);
  }

  @Test
  void anObserversSessionHasNoMoreRightsThanItsCertificate() throws Exception {
    String cookie = logIn(newcomer("curious", Role.OBSERVER).folder);
    assertRefused(403, "missing-role", request("GET", "/v1/audit/refused", cookie));
    HttpResponse<String> refused =
        send(request("GET", "/v1/audit/refused", logIn(folders.resolve("a/identity"))));
    assertThat(refused.statusCode()).isEqualTo(200);
    assertThat(refused.body())
        .as("it is noted with the member's name")
        .contains("\"missing-role\"", "\"member\":\"curious\"");
  }

  @Test
  void whatASuspendedMemberSeesEndsAtOnceStreamsToo() throws Exception {
    Newcomer member = newcomer("suspended", Role.OBSERVER);
    String cookie = logIn(member.folder);
    String unused = token(client(member.folder).loginLink());
    CompletableFuture<Void> stream = watch(cookie);
    assertThat(node.chain().membership().suspend(member.account.address()).isDone()).isTrue();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertRefused(401, "session-ended", request("GET", "/v1/members", cookie)));
    HttpResponse<String> late = begin(unused);
    assertThat(late.body()).contains("not-active");
    // The change of the members was an event.
    stream.get(20, TimeUnit.SECONDS);
  }

  private static CompletableFuture<Void> watch(String cookie) throws Exception {
    var answer =
        HttpClient.newBuilder()
            .sslContext(browser)
            .build()
            .send(
                HttpRequest.newBuilder(node.uri().resolve("/v1/events"))
                    .header("Cookie", cookie)
                    .build(),
                BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    assertThat(lines.readLine()).contains("watching");
    return CompletableFuture.runAsync(() -> lines.lines().forEach(line -> {}));
  }

  @Test
  void aSessionEndsWhenTheKeyIsRevoked() throws Exception {
    Newcomer member = newcomer("revoked", Role.OBSERVER);
    String cookie = logIn(member.folder);
    assertThat(send(request("GET", "/v1/me", cookie)).statusCode()).isEqualTo(200);
    assertThat(node.chain().membership().revokeKey(KeyHash.of(member.key.getPublic())).isDone())
        .isTrue();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertRefused(401, "session-ended", request("GET", "/v1/me", cookie)));
  }

  /** Members choose some texts freely; no browser may take an answer with them for a page. */
  @Test
  void aScriptInWhatAMemberSaysIsNoPage() throws Exception {
    Newcomer site = newcomer("scripter", Role.SITE);
    String script = "<script>alert(1)</script>";
    client(site.folder).heartbeat(new HeartbeatRequest("SL", "x-1", script, script, List.of()));
    HttpResponse<String> nodes = send(request("GET", "/v1/nodes", logIn(site.folder)));
    assertThat(nodes.body()).contains(script);
    assertThat(nodes.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(nodes.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  @Test
  void theNodesOwnMemberInvitesAndGovernsInTheConsoleAndNobodyElseDoes() throws Exception {
    String admin = logIn(folders.resolve("a/identity"));
    String order =
        "{\"name\":\"hospital-i\",\"roles\":[\"site\"],\"approval\":true,\"expiresDays\":2}";
    HttpResponse<String> file = send(change("POST", "/v1/invitations", admin, order));
    assertThat(file.statusCode()).as(file.body()).isEqualTo(200);
    Newcomer site = new Newcomer(folders.resolve("hospital-i"));
    Path kept = Files.writeString(folders.resolve("hospital-i.invite"), file.body());
    NetworkClient joined = site.enrol(InvitationFile.read(kept));
    assertThat(statusOf("hospital-i")).isEqualTo("pending");
    for (String[] act :
        new String[][] {{"approve", "active"}, {"suspend", "suspended"}, {"resume", "active"}}) {
      HttpResponse<String> done =
          send(change("POST", "/v1/members/hospital-i/" + act[0], admin, "{}"));
      assertThat(done.body()).contains("\"done\":true");
      assertThat(statusOf("hospital-i")).isEqualTo(act[1]);
    }
    HttpResponse<String> roles =
        send(
            change(
                "PUT", "/v1/members/hospital-i/roles", admin, "{\"roles\":[\"admin\",\"site\"]}"));
    assertThat(roles.statusCode()).as(roles.body()).isEqualTo(200);

    // An admin now, but another node's: this one has no key of it.
    String other = logIn(site.folder);
    assertRefused(403, "other-node", change("POST", "/v1/invitations", other, order));
    assertRefused(403, "other-node", change("POST", "/v1/members/org-a/suspend", other, "{}"));
    assertRefused(403, "not-marked", request("POST", "/v1/members/hospital-i/remove", admin));
    assertThat(joined.me().roles()).contains("admin");

    assertThat(send(change("POST", "/v1/members/hospital-i/remove", admin, "{}")).statusCode())
        .isEqualTo(200);
    assertThat(statusOf("hospital-i")).isEqualTo("removed");
    assertThat(client(folders.resolve("a/identity")).audit(0))
        .filteredOn(act -> act.act().equals("MemberRemoved"))
        .extracting(act -> act.member())
        .contains("org-a");
  }

  @Test
  void anOrderThatCannotBeCarriedOutNamesItsField() throws Exception {
    String admin = logIn(folders.resolve("a/identity"));
    for (String[] wrong :
        new String[][] {
          {"name", "{\"name\":\"no spaces\",\"roles\":[\"site\"]}"},
          {"roles", "{\"name\":\"x\",\"roles\":[\"king\"]}"},
          {"roles", "{\"name\":\"x\"}"},
          {"contract", "{\"name\":\"x\",\"roles\":[\"observer\"],\"contract\":\"digits\"}"},
          {"weight", "{\"name\":\"x\",\"roles\":[\"site\"],\"weight\":0}"},
          {"expiresDays", "{\"name\":\"x\",\"roles\":[\"site\"],\"expiresDays\":366}"}
        }) {
      HttpResponse<String> answer = send(change("POST", "/v1/invitations", admin, wrong[1]));
      assertThat(answer.statusCode()).as(wrong[1]).isEqualTo(400);
      assertThat(ApiJson.mapper().readTree(answer.body()).path("field").asText())
          .isEqualTo(wrong[0]);
    }
    assertRefused(404, "unknown-member", change("POST", "/v1/members/nobody/approve", admin, "{}"));
    assertRefused(
        409, "refused-by-the-chain", change("POST", "/v1/members/org-a/approve", admin, "{}"));
  }

  @Test
  void theNodesOwnMemberDraftsContractsAndEnrolsSites() throws Exception {
    String admin = logIn(folders.resolve("a/identity"));
    String terms =
        "{\"name\":\"lungs\",\"merge\":\"trimmedmean:1\",\"minPeers\":3,\"graceSeconds\":5,"
            + "\"encoding\":\"int8\",\"maxShare\":\"1/2\",\"payloadHash\":\"sha-256\",\"optimizer\":\"yogi\"}";
    HttpResponse<String> drafted = send(change("POST", "/v1/drafts", admin, terms));
    assertThat(drafted.statusCode()).as(drafted.body()).isEqualTo(200);
    NetworkClient client = client(folders.resolve("a/identity"));
    assertThat(client.contract("lungs").status()).isEqualTo("draft");
    assertThat(client.contract("lungs").draft())
        .contains("trimmedmean:1", "int8", "sha-256", "optimizer=yogi:lr=0.01,");
    assertRefused(409, "contract-exists", change("POST", "/v1/drafts", admin, terms));
    for (String[] wrong :
        new String[][] {
          {"name", "{\"name\":\"a b\"}"},
          {"merge", "{\"name\":\"x\",\"merge\":\"mode\"}"},
          {"merge", "{\"name\":\"x\",\"merge\":\"trimmedmean:2\",\"minPeers\":3}"},
          {"minPeers", "{\"name\":\"x\",\"minPeers\":0}"},
          {"encoding", "{\"name\":\"x\",\"encoding\":\"int1\"}"},
          {"payloadHash", "{\"name\":\"x\",\"payloadHash\":\"md5\"}"},
          {"optimizer", "{\"name\":\"x\",\"optimizer\":\"lion\"}"},
          {"privacy", "{\"name\":\"x\",\"privacy\":\"veil\"}"},
          {"privacy", "{\"name\":\"x\",\"privacy\":\"masked\"}"},
          {"maxShare", "{\"name\":\"x\",\"maxShare\":\"2\"}"},
          {"maxNorm", "{\"name\":\"x\",\"maxNorm\":\"long\"}"}
        }) {
      HttpResponse<String> answer = send(change("POST", "/v1/drafts", admin, wrong[1]));
      assertThat(answer.statusCode()).as(wrong[1] + answer.body()).isEqualTo(400);
      assertThat(ApiJson.mapper().readTree(answer.body()).path("field").asText())
          .isEqualTo(wrong[0]);
    }
    reset("lungs", admin);
    assertThat(client.contract("lungs").generation()).isEqualTo(2);
    assertRefused(409, "no-draft", change("POST", "/v1/contracts/none/reset", admin, "{}"));

    // A training that has begun, and was begun anew twice, is told as three, under one name.
    String eyes = terms.replace("lungs", "eyes");
    assertThat(send(change("POST", "/v1/drafts", admin, eyes)).statusCode()).isEqualTo(200);
    NetworkNodeITCase.createOpenContract(node, "eyes");
    reset("eyes", admin);
    NetworkNodeITCase.createOpenContract(node, "eyes.2");
    reset("eyes", admin);
    assertThat(client.contracts())
        .filteredOn(contract -> contract.name().equals("eyes"))
        .extracting(ContractInfo::contract, ContractInfo::generation, ContractInfo::status)
        .containsExactly(
            tuple("eyes", 1L, "ended"), tuple("eyes.2", 2L, "ended"), tuple("eyes.3", 3L, "draft"));
    assertThat(client.contract("eyes.2"))
        .extracting(ContractInfo::name, ContractInfo::status, ContractInfo::draft)
        .containsExactly("eyes", "ended", null);

    NetworkNodeITCase.createOpenContract(node, "hearts");
    Newcomer site = newcomer("hospital-h", Role.SITE);
    HttpResponse<String> enrolled =
        send(
            change(
                "POST",
                "/v1/contracts/hearts/sites",
                admin,
                "{\"site\":\"hospital-h\",\"weight\":3}"));
    assertThat(enrolled.statusCode()).as(enrolled.body()).isEqualTo(200);
    assertThat(client.contract("hearts").sites())
        .singleElement()
        .satisfies(known -> assertThat(known.maxWeight()).isEqualTo(3));
    assertRefused(
        400,
        "bad-value",
        change("POST", "/v1/contracts/hearts/sites", admin, "{\"site\":\"nobody\"}"));
    assertRefused(403, "other-node", change("POST", "/v1/drafts", logIn(site.folder), terms));
  }

  private static void reset(String contract, String admin) throws Exception {
    HttpResponse<String> reset =
        send(change("POST", "/v1/contracts/" + contract + "/reset", admin, "{}"));
    assertThat(reset.statusCode()).as(reset.body()).isEqualTo(200);
  }

  @Test
  void theNodesOwnMemberMakesTasksAndAssignsThem() throws Exception {
    String admin = logIn(folders.resolve("a/identity"));
    String yaml =
        """
        Name: fetch
        TaskType: PULL_IMAGE
        Author: a
        Outcome: fetch
        Body:
          RepoName: registry.example/trainer
          RepoTag: '1'
        """;
    HttpResponse<String> made = send(change("POST", "/v1/tasks", admin, yaml));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    NetworkClient client = client(folders.resolve("a/identity"));
    assertThat(client.task("fetch").isFinalised()).isFalse();
    assertThat(client.taskBody("fetch").lines()).anyMatch(line -> line.contains("trainer"));
    assertRefused(409, "task-exists", change("POST", "/v1/tasks", admin, yaml));
    HttpResponse<String> wrong = send(change("POST", "/v1/tasks", admin, "Name: x\nBody: 3\n"));
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("task:");
    assertThat(send(change("POST", "/v1/tasks/fetch/finalise", admin, "{}")).body())
        .contains("\"isFinalised\":true");
    assertRefused(404, "unknown-task", change("POST", "/v1/tasks/none/finalise", admin, "{}"));

    String runner = "/v1/taskrunners/" + client.taskrunners().get(0).name() + "/assignments";
    assertRefused(
        409, "no-agents", change("POST", runner, admin, "{\"task\":\"fetch\",\"all\":true}"));
    assertRefused(400, "bad-value", change("POST", runner, admin, "{\"task\":\"fetch\"}"));
    assertRefused(
        400,
        "bad-value",
        change("POST", runner, admin, "{\"task\":\"fetch\",\"target\":\"nobody\"}"));
    HttpResponse<String> assigned =
        send(change("POST", runner, admin, "{\"task\":\"fetch\",\"peers\":1}"));
    assertThat(assigned.statusCode()).as(assigned.body()).isEqualTo(200);
    assertThat(client.taskrunners().get(0).task()).isEqualTo("fetch");
    HttpResponse<String> idle = send(change("DELETE", runner, admin, "{}"));
    assertThat(idle.statusCode()).as(idle.body()).isEqualTo(200);
    assertThat(client.taskrunners().get(0).state()).isEqualTo("IDLE");
  }

  private static HttpRequest.Builder change(
      String method, String path, String cookie, String json) {
    return marked(method, path, cookie)
        .timeout(Duration.ofSeconds(75))
        .method(method, BodyPublishers.ofString(json));
  }

  private static String statusOf(String name) {
    return client(folders.resolve("a/identity")).members().stream()
        .filter(member -> member.name().equals(name))
        .map(MemberInfo::status)
        .reduce("unknown", (earlier, later) -> later);
  }

  @Test
  void anybodyGetsThePagesAndNothingElse() throws Exception {
    HttpResponse<String> page = send(request("GET", "/console/", null));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "frame-ancestors 'none'");
    assertThat(send(request("GET", "/", null)).statusCode()).isEqualTo(303);
    assertThat(send(request("GET", "/console/nothing.js", null)).statusCode()).isEqualTo(404);
    assertRefused(401, "no-certificate", request("GET", "/v1/openapi.json", null));
  }
}

package io.swarmstream.tasks.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmstream.clients.chain.tasks.PeerState;
import io.swarmstream.tasks.page.AgentPage;
import io.swarmstream.tasks.page.ShownAgent;
import io.swarmstream.web.ApiJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of an agent whose owner is asked: who sees it, what it tells, and what it answers. */
@SuppressWarnings("NullAway.Init")
class AgentPageTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String SCRIPT = "<script>alert(1)</script>";

  @TempDir private Path folder;
  private AgentScene scene;
  private AgentPage page;
  private String cookie;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() throws Exception {
    scene = new AgentScene(folder);
    scene.restart(Set.of(), false);
    page =
        AgentPage.start(
            new ShownAgent("host-1", AgentScene.RUNNER, "It asks.", "processes", "1", scene.home),
            0);
    URI link = page.loginUri();
    String set =
        send("GET", link.getPath() + "?" + link.getQuery(), "")
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow();
    assertThat(set).contains("HttpOnly", "SameSite=Strict").doesNotContain(token());
    cookie = set.substring(0, set.indexOf(';'));
  }

  @AfterEach
  void stop() {
    page.close();
  }

  private AgentScene assigned(String task) {
    scene.train(scene.author, task);
    var unused = scene.assign(task, 2);
    return scene;
  }

  private String token() throws IOException {
    return Files.readString(folder.resolve("agent/page/token")).strip();
  }

  @Test
  void theOwnerReadsWhatWaitsAndLetsItBegin() throws Exception {
    assigned(SCRIPT).steps(3);
    JsonNode waiting = agent().path("waiting");
    assertThat(waiting.path("task").asText()).isEqualTo(SCRIPT);
    assertThat(waiting.path("authors").path(0).asText()).isEqualTo("ada");
    assertThat(waiting.path("body").toString()).contains("train.py --fast");
    assertThat(waiting.path("reason").asText()).isNotBlank();

    HttpResponse<String> noted = answer("run", waiting.path("run").asText(), true);
    assertThat(noted.statusCode()).isEqualTo(200);
    assertThat(noted.body()).contains("run 1 (task " + SCRIPT);
    scene.steps(2);
    assertThat(scene.peers()).allMatch(peer -> peer.state() == PeerState.RUNNING);
    JsonNode now = agent();
    assertThat(now.has("waiting")).isFalse();
    assertThat(now.path("run").path("peers")).hasSize(2);
    assertThat(now.path("answers").path(0).path("kind").asText()).isEqualTo("run");
  }

  @Test
  void theOwnerDeniesATaskAndAnAuthor() throws Exception {
    assigned("mine").steps(3);

    assertThat(answer("task", "mine", false).statusCode()).isEqualTo(200);
    assertThat(answer("author", "carol", true).statusCode()).isEqualTo(200);
    scene.steps(2);
    assertThat(scene.peers()).allMatch(peer -> peer.state() == PeerState.ERROR);
    assertThat(scene.desk.ofAuthor("carol")).contains(true);
    assertThat(agent().path("answers").findValuesAsText("name"))
        .containsExactlyInAnyOrder("mine", "carol");
  }

  /** A click on a page that is out of date does not approve another run. */
  @Test
  void anAnswerForAnotherRunThanTheOneThatWaitsIsRefused() throws Exception {
    assigned("mine").steps(3);

    assertThat(answer("run", "7", true).body()).contains("not-waiting", "run 1 does");
    assertThat(answer("run", "x", true).statusCode()).isEqualTo(400);
    assertThat(answer("all", "1", true).statusCode()).isEqualTo(400);
    assertThat(answer("task", "", true).statusCode()).isEqualTo(400);
    assertThat(scene.desk.answers()).isEmpty();
  }

  @Test
  void logsAreTextAndAreFollowed() throws Exception {
    assigned("mine").steps(3);
    var unused = answer("run", "1", true);
    scene.steps(2);
    Path log = folder.resolve("runs/1/0/trainer.log");
    Files.writeString(log, SCRIPT + "\n\u001b[31mred\u001b[0m\u0007 12%\r34%\nä");
    JsonNode piece = json(send("GET", "/v1/runs/1/logs/0/trainer", "", "Cookie", cookie));
    assertThat(piece.path("text").asText()).isEqualTo(SCRIPT + "\nred 12%\n34%\nä");

    Files.write(log, new byte[] {'b', (byte) 0xc3}, StandardOpenOption.APPEND);
    long next = piece.path("next").asLong();
    piece = json(send("GET", "/v1/runs/1/logs/0/trainer?from=" + next, "", "Cookie", cookie));
    assertThat(piece.path("text").asText()).as("half a character waits").isEqualTo("b");
    Files.write(log, new byte[] {(byte) 0xa4}, StandardOpenOption.APPEND);
    next = piece.path("next").asLong();
    piece = json(send("GET", "/v1/runs/1/logs/0/trainer?from=" + next, "", "Cookie", cookie));
    assertThat(piece.path("text").asText()).isEqualTo("ä");

    Files.write(log, "x".repeat(200_000).getBytes(StandardCharsets.UTF_8));
    piece = json(send("GET", "/v1/runs/1/logs/0/trainer", "", "Cookie", cookie));
    assertThat(piece.path("text").asText()).hasSize(64 << 10);
    assertThat(piece.path("bytes").asLong()).isEqualTo(200_000);
  }

  @Test
  void aRunThatIsOverStaysWithItsLogs() throws Exception {
    assigned("mine").steps(3);
    var unused = answer("run", "1", true);
    scene.steps(2);
    scene.author.reset(AgentScene.RUNNER);
    scene.steps(2);

    JsonNode past = agent().path("past").path(0);
    assertThat(past.path("task").asText()).isEqualTo("mine");
    assertThat(past.path("endedAt").asText()).isNotBlank();
    assertThat(past.path("peers")).hasSize(2);
    assertThat(agent().has("run")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/runs/1/logs/0/..%2f..%2fagent%2fpage%2ftoken",
        "/v1/runs/..%2f../logs/agent/page",
        "/v1/runs/%2e%2e/logs/agent/token",
        "/v1/runs/1/logs/../trainer",
        "/v1/runs/1/logs/0/token",
        "/agent/page/token",
        "/assets/..%2ffiles.txt",
        "/mysite.html",
        "/files.txt"
      })
  void noPathLeadsToAnotherFile(String path) throws Exception {
    assigned("mine").steps(3);
    HttpResponse<String> answer = send("GET", path, "", "Cookie", cookie);

    assertThat(answer.statusCode()).isIn(400, 404);
    assertThat(answer.body()).doesNotContain(token());
  }

  /** Another user of the machine, and a web page that the owner looks at. */
  @Test
  void nobodyElseSeesOrAnswersAnything() throws Exception {
    assigned("mine").steps(3);
    for (String path : List.of("/v1/agent", "/v1/runs/1/logs/0/trainer", "/licences.txt")) {
      assertThat(send("GET", path, "").statusCode()).as(path).isEqualTo(401);
      assertThat(send("GET", path, "", "Cookie", cookie + "x").statusCode()).isEqualTo(401);
    }
    HttpResponse<String> asked = send("GET", "/", "");
    assertThat(asked.statusCode()).isEqualTo(401);
    assertThat(asked.body()).contains("<form").doesNotContain("mine");
    assertThat(asked.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(said -> assertThat(said).contains("default-src 'none'", "sha256-"));
    String order = order("run", "1", true);
    String json = "application/json";
    assertThat(send("POST", "/v1/answers", order, "Content-Type", json).statusCode())
        .isEqualTo(401);
    assertThat(send("POST", "/v1/answers", order, "Cookie", cookie, "Content-Type", json).body())
        .contains("not-marked");
    for (List<String> foreign :
        List.of(
            List.of("Origin", "http://evil.example"),
            List.of("Origin", "null"),
            List.of("Origin", "http://127.0.0.1:1"),
            List.of("Sec-Fetch-Site", "cross-site"),
            List.of("Sec-Fetch-Site", "same-site"))) {
      HttpResponse<String> answer =
          send(
              "POST",
              "/v1/answers",
              order,
              "Cookie",
              cookie,
              "X-Swarm-Console",
              "1",
              foreign.get(0),
              foreign.get(1));
      assertThat(answer.statusCode()).as(foreign.toString()).isEqualTo(403);
      assertThat(answer.body()).contains("cross-site");
    }
    assertThat(scene.desk.answers()).isEmpty();
    assertThat(scene.desk.waiting()).isPresent();
  }

  /** A page whose name has been made to mean this machine comes with its own name. */
  @Test
  void answersToNoOtherName() throws Exception {
    for (String name : List.of("evil.example", "127.1", "1.2.3.4.5")) {
      assertThat(raw(name)).contains(" 400 ", "Host is " + name);
    }
    assertThat(raw("localhost")).contains(" 401 ");
  }

  private String raw(String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.uri().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET /v1/agent HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theLinkWorksOnceAndTheTokenAlways() throws Exception {
    assertThat(page.loginUri().getQuery()).as("the code was used").isEqualTo("code=");
    assertThat(send("GET", "/login?code=0123", "").body()).contains("has been used", "<form");
    assertThat(send("POST", "/login", "token=x", "Content-Type", FORM).statusCode()).isEqualTo(401);
    assertThat(send("POST", "/login", "token=%", "Content-Type", FORM).statusCode()).isEqualTo(401);
    assertThat(
            send("POST", "/login", "token=" + token(), "Content-Type", "text/plain").statusCode())
        .isEqualTo(415);
    assertThat(send("POST", "/login", "token=" + token(), "Content-Type", FORM).statusCode())
        .isEqualTo(303);
    assertThat(send("GET", "/v1/agent", "", "Authorization", "Bearer " + token()).statusCode())
        .isEqualTo(200);
    assertThat(Files.getPosixFilePermissions(folder.resolve("agent/page/token")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void thePageComesUnderThePolicy() throws Exception {
    HttpResponse<String> shown = send("GET", "/", "", "Cookie", cookie);

    assertThat(shown.body()).contains("<noscript>", "swarm agent waiting");
    assertThat(shown.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy ->
                assertThat(policy)
                    .contains("default-src 'none'", "script-src 'self'")
                    .doesNotContain("unsafe"));
  }

  @Test
  void saysThatItsPortIsTaken() {
    int port = page.uri().getPort();
    assertThatIllegalStateException()
        .isThrownBy(() -> AgentPage.start(new ShownAgent("a", "r", "", "", "1", scene.home), port))
        .withMessageContaining(Integer.toString(port));
  }

  private JsonNode agent() throws Exception {
    return json(send("GET", "/v1/agent", "", "Cookie", cookie));
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ApiJson.mapper().readTree(answer.body());
  }

  private static String order(String kind, String name, boolean approved) {
    return ApiJson.mapper()
        .createObjectNode()
        .put("kind", kind)
        .put("name", name)
        .put("approved", approved)
        .toString();
  }

  private HttpResponse<String> answer(String kind, String name, boolean approved) throws Exception {
    return send(
        "POST",
        "/v1/answers",
        order(kind, name, approved),
        "Cookie",
        cookie,
        "X-Swarm-Console",
        "1",
        "Content-Type",
        "application/json");
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(page.uri() + path)).timeout(Duration.ofSeconds(20));
    if (headers.length > 0) {
      request.headers(Arrays.copyOf(headers, headers.length));
    }
    return client.send(
        request.method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }
}

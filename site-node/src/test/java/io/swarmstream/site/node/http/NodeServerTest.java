package io.swarmstream.site.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.node.NodeOptions;
import io.swarmstream.site.node.SiteNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node whose swarm is away: what it answers all the same, and to whom. */
@SuppressWarnings("NullAway.Init")
class NodeServerTest {
  /** Port 1 is nobody's. */
  private static final ChainOptions NO_CHAIN =
      ChainOptions.of(
              "http://127.0.0.1:1",
              "0x0000000000000000000000000000000000000001",
              "0x0000000000000000000000000000000000000002")
          .withTimeouts(new ChainOptions.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1)));

  @TempDir Path folder;
  private SiteNode node;
  private NodeServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() {
    node =
        SiteNode.of(
            NodeOptions.of("a <b>", KafkaEndpoint.of("127.0.0.1:1"), NO_CHAIN, folder),
            SiteKey.ofSeed(1));
    server = NodeServer.start(node, ServerOptions.of("127.0.0.1", 0));
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.close();
    node.close();
  }

  @Test
  void saysThatItIsUp() throws Exception {
    HttpResponse<String> answer = send("GET", "/healthz", "", "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"up\"}");
  }

  @Test
  void saysWhatItDoes() throws Exception {
    assertThat(send("GET", "/status", "", "").body())
        .contains("\"sessions\":[]", "\"site\":\"a <b>\"", SiteKey.ofSeed(1).address());
  }

  @Test
  void saysWhichPartsOfTheSwarmAreDown() throws Exception {
    String status =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () -> send("GET", "/status", "", "").body(),
                body -> body.contains("no answer from Kafka"));

    assertThat(status)
        .contains(
            "{\"name\":\"chain\",\"state\":\"down\"", "{\"name\":\"kafka\",\"state\":\"down\"");
  }

  @Test
  void reportsItsMetrics() throws Exception {
    HttpResponse<String> answer = send("GET", "/metrics", "", "");

    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
    assertThat(answer.body())
        .contains(
            "swarmstream_site_node_info{address=\""
                + SiteKey.ofSeed(1).address()
                + "\",site=\"a <b>\"",
            "# TYPE swarmstream_site_start_time_seconds gauge");
  }

  @Test
  void describesItself() throws Exception {
    assertThat(send("GET", "/openapi.json", "", "").body()).contains("\"openapi\":\"3.1.0\"");
  }

  @Test
  void saysWhatIsWrongWithARequest() throws Exception {
    assertProblem(send("GET", "/v2", "", ""), 404, "not-found");
    assertProblem(send("POST", "/healthz", "application/json", "{}"), 405, "method-not-allowed");
    assertProblem(send("PUT", "/v1/sessions/s", "text/plain", "{}"), 415, "unsupported-media-type");
    assertProblem(send("PUT", "/v1/sessions/s", "application/json", "{"), 400, "bad-");
    assertProblem(
        send("PUT", "/v1/sessions/s", "application/json", "{\"x\":1}"), 400, "\"field\":\"x\"");
    assertProblem(
        send("PUT", "/v1/sessions/s", "application/json", "{}"), 400, "contract is missing");
    assertProblem(
        send("POST", "/v1/sessions/s/evaluation", "application/json", "{"), 404, "unknown-session");
    assertProblem(
        send("POST", "/v1/sessions/s/finish", "application/json", " ".repeat(2 << 20)),
        404,
        "unknown-session");
    assertProblem(send("POST", "/login", "application/json", "{}"), 415, "form");
    assertProblem(
        send("POST", "/login", "application/x-www-form-urlencoded", "x".repeat(5000)),
        413,
        "too-large");
    assertProblem(
        send("PUT", "/v1/sessions/.x", "application/json", "{}"), 400, "\"field\":\"id\"");
    assertProblem(send("GET", "/v1/sessions/s/syncs/0", "", ""), 404, "unknown-session");
    assertProblem(send("GET", "/v1/sessions/s/syncs/x", "", ""), 400, "\"field\":\"n\"");
  }

  @Test
  void saysThatTheSwarmIsAway() throws Exception {
    assertProblem(
        send(
            "PUT",
            "/v1/sessions/s",
            "application/json",
            "{\"contract\":\"c\",\"layout\":[{\"name\":\"w\",\"shape\":[1]}]}"),
        503,
        "swarm-unreachable");
  }

  @Test
  void beginsNoTrainingWithoutALicence() throws Exception {
    NodeOptions options =
        NodeOptions.of("b", KafkaEndpoint.of("127.0.0.1:1"), NO_CHAIN, folder.resolve("b"))
            .withPermit(() -> Optional.of("no licence since noon"));
    SiteNode other = SiteNode.of(options, SiteKey.ofSeed(2));
    server.close();
    server = NodeServer.start(other, ServerOptions.of("127.0.0.1", 0));

    assertProblem(
        send(
            "PUT",
            "/v1/sessions/s",
            "application/json",
            "{\"contract\":\"c\",\"layout\":[{\"name\":\"w\",\"shape\":[1]}]}"),
        403,
        "no licence since noon");
    other.close();
  }

  @Test
  void servesNobodyWithoutItsToken() throws Exception {
    String file = folder.resolve("token").toString();
    for (Endpoint endpoint : Endpoints.ALL) {
      Described described = endpoint.describe();
      String path = described.path().replace("{n}", "0").replaceAll("\\{\\w+}", "s");
      HttpResponse<String> answer = as("", described.method(), path, "application/json", "{}");
      HttpResponse<String> guess =
          as("Bearer " + "0".repeat(64), described.method(), path, "application/json", "{}");
      if (described.entry() == Described.Entry.OPEN
          || described.entry() == Described.Entry.ENTRANCE) {
        assertThat(answer.statusCode()).as(path).isNotEqualTo(500);
      } else {
        assertProblem(answer, 401, "unauthorized");
        assertProblem(guess, 401, file);
      }
    }
    assertThat(as("", "GET", "/healthz", "", "").statusCode()).isEqualTo(200);
    assertThat(as("bearer " + server.token().hex(), "GET", "/status", "", "").statusCode())
        .isEqualTo(200);
  }

  @Test
  void keepsItsTokenForItsUserAlone() throws Exception {
    Path file = folder.resolve("token");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    try (NodeServer again = NodeServer.start(node, ServerOptions.of("127.0.0.1", 0))) {
      assertThat(again.token().hex()).isEqualTo(server.token().hex()).matches("[0-9a-f]{64}");
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(again.token().toString()).doesNotContain(again.token().hex());
    }
  }

  @Test
  void tellsTrainersOfItsUserTheTokenWhileItRuns() throws Exception {
    Path known = folder.resolve("home/.swarmstream/nodes");
    ServerOptions options = ServerOptions.of("127.0.0.1", 0).withKnownNodes(known);
    Path entry;
    Path gone = known.resolve("1.token");
    Files.createDirectories(
        known, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(gone, "of a node that was killed");
    try (NodeServer told = NodeServer.start(node, options)) {
      entry = known.resolve(told.uri().getPort() + ".token");
      assertThat(Files.readString(entry).strip()).isEqualTo(told.token().hex());
      assertThat(Files.getPosixFilePermissions(entry))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(Files.getPosixFilePermissions(known))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
    assertThat(entry).doesNotExist();
    assertThat(gone).doesNotExist();
  }

  /** Its node runs in another network namespace, where this one does not reach its port. */
  @Test
  void leavesTheTokenOfANodeThatItDoesNotReach() throws Exception {
    Path known = Files.createDirectories(folder.resolve("home/.swarmstream/nodes"));
    Path other = Files.writeString(known.resolve("1.token"), "of a node that runs");
    ServerOptions options = ServerOptions.of("127.0.0.1", 0).withKnownNodes(known);
    try (FileChannel held = FileChannel.open(other, StandardOpenOption.WRITE);
        FileLock lock = held.lock();
        NodeServer first = NodeServer.start(node, options);
        NodeServer second = NodeServer.start(node, options)) {
      assertThat(lock.isValid()).isTrue();
      assertThat(KnownNode.at(known, 1, first.token())).isEmpty();
      assertThat(other).exists();
      assertThat(KnownNode.at(known, second.uri().getPort(), first.token())).isEmpty();
      for (NodeServer each : List.of(first, second)) {
        assertThat(known.resolve(each.uri().getPort() + ".token")).exists();
      }
    }
  }

  /** Left by a node that was killed, and not a file that this user may write. */
  @Test
  void takesOverTheFileOfItsPort() throws Exception {
    Path known = Files.createDirectories(folder.resolve("home/.swarmstream/nodes"));
    Files.createDirectory(known.resolve("2.token"));
    Files.createDirectory(known.resolve("7.token"));
    try (KnownNode told = KnownNode.at(known, 7, server.token()).orElseThrow()) {
      assertThat(known.resolve("7.token")).content().contains(server.token().hex());
      assertThat(told).isNotNull();
    }
    assertThat(known.resolve("7.token")).doesNotExist();
    assertThat(known.resolve("2.token")).exists();
  }

  /** By the link of the terminal, once; later by the token. It may not train. */
  @Test
  void letsABrowserIn() throws Exception {
    String link = server.loginUri().getPath() + "?" + server.loginUri().getQuery();
    HttpResponse<String> in = as("", "GET", link, "", "");
    assertThat(in.statusCode()).isEqualTo(303);
    assertThat(in.headers().firstValue("Location")).contains("/");
    String cookie = in.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain(server.token().hex());
    String shown = cookie.substring(0, cookie.indexOf(';'));

    assertThat(withCookie("GET", "/", shown).body()).contains("<noscript>", "type=\"module\"");
    assertThat(withCookie("GET", "/status", shown).statusCode()).isEqualTo(200);
    assertThat(withCookie("DELETE", "/v1/sessions/s", shown).statusCode()).isEqualTo(401);
    assertThat(withCookie("GET", "/", shown.substring(0, shown.length() - 1) + "g").body())
        .contains("<form");
    assertThat(as("", "GET", link, "", "").body()).contains("has been used", "<form");
    String form = "application/x-www-form-urlencoded";
    assertThat(as("", "POST", "/login", form, "token=x").statusCode()).isEqualTo(401);
    assertThat(as("", "POST", "/login", form, "token=" + server.token().hex()).statusCode())
        .isEqualTo(303);
  }

  private HttpResponse<String> withCookie(String method, String path, String cookie)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.uri() + path))
            .header("Cookie", cookie)
            .header("Accept", "text/html")
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  /** A web page whose name has been made to mean this machine comes with its own name. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void answersNoOtherName(String address) throws IOException {
    ServerOptions options =
        ServerOptions.of(address, 0).withAllowedHosts(Set.of("Node.hospital-a.example"));
    try (NodeServer local = NodeServer.start(node, options)) {
      for (String name : List.of("evil.example", "c0ffee.cc", "beef.be", "1.2.3.4.5", "127.1")) {
        assertThat(rawGet(local, "Host: " + name))
            .contains(" 400 ")
            .contains("Host is " + name, "--allow-host");
      }
      for (String name :
          List.of("localhost", "127.0.0.1", "10.1.2.3:99", "[::1]", "node.hospital-a.example")) {
        assertThat(rawGet(local, "Host: " + name)).as(name).contains(" 200 ");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://evil.example",
        "Origin: http://localhost:1",
        "Origin: null",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site"
      })
  void servesNoOtherWebPage(String header) throws IOException {
    assertThat(rawGet(server, "Host: localhost:9\r\n" + header)).contains(" 403 ", "cross-site");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Origin: http://LocalHost:9", "Sec-Fetch-Site: same-origin", "X: y"})
  void servesItsOwn(String header) throws IOException {
    assertThat(rawGet(server, "Host: localhost:9\r\n" + header)).contains(" 200 ");
  }

  private static String rawGet(NodeServer server, String headers) throws IOException {
    try (Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("GET /healthz HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String part) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("urn:swarmstream:problem:", "\"detail\":").contains(part);
  }

  private HttpResponse<String> send(String method, String path, String mediaType, String body)
      throws IOException, InterruptedException {
    return as("Bearer " + server.token().hex(), method, path, mediaType, body);
  }

  private HttpResponse<String> as(
      String authorization, String method, String path, String mediaType, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.uri() + path)).timeout(Duration.ofSeconds(20));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    if (!mediaType.isEmpty()) {
      request.header("Content-Type", mediaType);
    }
    return client.send(
        request.method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }
}

package io.swarmstream.site.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.chain.ChainOptions;
import io.swarmstream.kafka.KafkaEndpoint;
import io.swarmstream.schemas.SiteKey;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node whose swarm is away: what it answers all the same. */
@SuppressWarnings("NullAway.Init")
class NodeServerTest {
  /** Port 1 is nobody's. */
  private static final ChainOptions NO_CHAIN =
      ChainOptions.of(
              "http://127.0.0.1:1",
              "0x0000000000000000000000000000000000000001",
              "0x0000000000000000000000000000000000000002")
          .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1));

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
    server = NodeServer.start(node, "127.0.0.1", 0);
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
  void showsItsStatusWithNamesAsText() throws Exception {
    assertThat(send("GET", "/", "", "").body())
        .contains("a &lt;b&gt;", SiteKey.ofSeed(1).address(), "No trainer")
        .doesNotContain("a <b>");
    assertThat(send("GET", "/status", "", "").body()).contains("\"sessions\":[]");
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

  /** A web page whose name has been made to mean 127.0.0.1 comes with its own name. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void answersNoOtherName(String address) throws IOException {
    try (NodeServer local = NodeServer.start(node, address, 0)) {
      assertThat(rawGet(local, "evil.example")).contains(" 400 ").contains("Host is evil.example");
      assertThat(rawGet(local, "localhost")).contains(" 200 ");
    }
  }

  private static String rawGet(NodeServer server, String host) throws IOException {
    try (Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
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
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.uri() + path)).timeout(Duration.ofSeconds(20));
    if (!mediaType.isEmpty()) {
      request.header("Content-Type", mediaType);
    }
    return client.send(
        request.method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }
}

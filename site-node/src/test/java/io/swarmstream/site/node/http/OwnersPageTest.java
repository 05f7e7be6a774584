package io.swarmstream.site.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.console.OwnersPages;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.node.NodeOptions;
import io.swarmstream.site.node.SiteNode;
import io.swarmstream.web.ApiJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The node's page: who sees it, what a browser may do with it, and what its owner decides. */
@SuppressWarnings("NullAway.Init")
class OwnersPageTest {
  private static final String SCRIPT = "<script>alert(1)</script>";
  private static final String OPENING =
      "{\"contract\":\"digits\",\"trainer\":\""
          + SCRIPT
          + "\","
          + "\"layout\":[{\"name\":\"w\",\"shape\":[1]}]}";

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
  private String cookie;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() throws Exception {
    start(true);
  }

  private void start(boolean asks) throws Exception {
    node =
        SiteNode.of(
            NodeOptions.of("a", KafkaEndpoint.of("127.0.0.1:1"), NO_CHAIN, folder).asking(asks),
            SiteKey.ofSeed(1));
    server = NodeServer.start(node, ServerOptions.of("127.0.0.1", 0));
    URI link = server.loginUri();
    String set =
        send("GET", link.getPath() + "?" + link.getQuery(), "")
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow();
    cookie = set.substring(0, set.indexOf(';'));
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.close();
    node.close();
  }

  @Test
  void thePageAndItsFilesComeUnderThePolicyToTheOwnerAlone() throws Exception {
    String html = send("GET", "/", "", "Cookie", cookie).body();
    Matcher files = Pattern.compile("\\./(assets/[^\"]+)").matcher(html);
    assertThat(files.results().map(found -> found.group(1)).toList())
        .hasSizeGreaterThanOrEqualTo(2)
        .allSatisfy(
            file -> {
              HttpResponse<String> shown = send("GET", "/" + file, "", "Cookie", cookie);
              assertThat(shown.statusCode()).isEqualTo(200);
              assertThat(shown.headers().firstValue("Content-Security-Policy"))
                  .hasValueSatisfying(
                      policy ->
                          assertThat(policy)
                              .contains("default-src 'none'", "script-src 'self'")
                              .doesNotContain("unsafe"));
              assertThat(shown.headers().firstValue("Cache-Control"))
                  .hasValueSatisfying(said -> assertThat(said).contains("immutable"));
              assertThat(send("GET", "/" + file, "").statusCode()).isEqualTo(401);
            });
    assertThat(send("GET", "/licences.txt", "", "Cookie", cookie).body()).contains("svelte");
    assertThat(OwnersPages.names()).contains(OwnersPages.SITE);
    assertThat(send("GET", "/", "").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/files.txt",
        "/assets/..%2ffiles.txt",
        "/assets/%2e%2e%2ftoken",
        "/assets/..%5ctoken",
        "/token",
        "/agent.html",
        "/assets//etc/passwd"
      })
  void noPathLeadsToAnotherFile(String path) throws Exception {
    HttpResponse<String> answer = send("GET", path, "", "Cookie", cookie);

    assertThat(answer.statusCode()).isIn(400, 404);
    assertThat(answer.body()).doesNotContain(server.token().hex());
  }

  /** Its style is the only thing in it that a browser may apply, and its form goes home. */
  @Test
  void theFormForTheTokenRunsNothing() throws Exception {
    HttpResponse<String> form = send("GET", "/", "", "Accept", "text/html");
    String policy = form.headers().firstValue("Content-Security-Policy").orElseThrow();
    Matcher style = Pattern.compile("(?s)<style>(.*)</style>").matcher(form.body());
    assertThat(style.find()).isTrue();
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(style.group(1).getBytes(StandardCharsets.UTF_8));

    assertThat(policy)
        .contains(
            "default-src 'none'",
            "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'",
            "form-action 'self'");
    assertThat(form.statusCode()).isEqualTo(401);
    assertThat(form.headers().firstValue("Referrer-Policy"))
        .as("without a referrer a browser sends the form with Origin: null")
        .hasValue("same-origin");
  }

  @Test
  void nothingIsOpenedBeforeTheOwnerApprovesIt() throws Exception {
    HttpResponse<String> refused = open();
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("not-approved", "approve it on the node's page");
    JsonNode waiting = consent().path("waiting");
    assertThat(waiting).hasSize(1);
    assertThat(waiting.path(0).path("contract").asText()).isEqualTo("digits");
    assertThat(waiting.path(0).path("trainer").asText()).isEqualTo(SCRIPT);

    assertThat(answer(true, "Cookie", cookie, "X-Swarm-Console", "1").statusCode()).isEqualTo(204);
    assertThat(consent().path("waiting")).isEmpty();
    // Only the swarm, which is away, keeps it from training now.
    assertThat(open().body()).contains("swarm-unreachable");
    assertThat(consent().path("refused").path(0).path("code").asText())
        .isEqualTo("swarm-unreachable");

    assertThat(answer(false, "Cookie", cookie, "X-Swarm-Console", "1").statusCode()).isEqualTo(204);
    assertThat(open().body()).contains("not-approved", "has denied");
    Path file = folder.resolve("consent.json");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void anAnswerHoldsAfterARestart() throws Exception {
    assertThat(answer(false, "Authorization", "Bearer " + server.token().hex()).statusCode())
        .isEqualTo(204);
    stop();
    start(true);

    assertThat(open().body()).contains("has denied");
    assertThat(consent().path("answers").path(0).path("approved").asBoolean(true)).isFalse();
  }

  @Test
  void aNodeThatDoesNotAskTakesNoAnswer() throws Exception {
    stop();
    start(false);

    assertThat(answer(true, "Cookie", cookie, "X-Swarm-Console", "1").body())
        .contains("not-asked", "--ask");
    assertThat(open().body()).contains("swarm-unreachable");
  }

  /** A page on another site, or on another port of this machine, cannot answer for the owner. */
  @Test
  void nobodyElseAnswersForTheOwner() throws Exception {
    assertThat(answer(true).statusCode()).isEqualTo(401);
    assertThat(answer(true, "Cookie", cookie).body()).contains("cross-site", "X-Swarm-Console");
    for (List<String> foreign :
        List.of(
            List.of("Origin", "http://evil.example"),
            List.of("Origin", "null"),
            List.of("Origin", "http://127.0.0.1:1"),
            List.of("Sec-Fetch-Site", "cross-site"),
            List.of("Sec-Fetch-Site", "same-site"))) {
      HttpResponse<String> answer =
          answer(true, "Cookie", cookie, "X-Swarm-Console", "1", foreign.get(0), foreign.get(1));
      assertThat(answer.statusCode()).as(foreign.toString()).isEqualTo(403);
      assertThat(answer.body()).contains("cross-site");
    }
    assertThat(
            send(
                    "POST",
                    "/v1/approvals/digits",
                    "approved=true",
                    "Cookie",
                    cookie,
                    "Content-Type",
                    "application/x-www-form-urlencoded")
                .statusCode())
        .isEqualTo(405);
    assertThat(consent().path("answers")).isEmpty();
  }

  @Test
  void aCookieDoesNotTrain() throws Exception {
    assertThat(
            send(
                    "PUT",
                    "/v1/sessions/s",
                    OPENING,
                    "Cookie",
                    cookie,
                    "X-Swarm-Console",
                    "1",
                    "Content-Type",
                    "application/json")
                .statusCode())
        .isEqualTo(401);
    assertThat(send("GET", "/v1/sessions/s/curve", "", "Cookie", cookie).statusCode())
        .isEqualTo(404);
  }

  private JsonNode consent() throws IOException, InterruptedException {
    return ApiJson.mapper()
        .readTree(send("GET", "/status", "", "Cookie", cookie).body())
        .path("consent");
  }

  private HttpResponse<String> open() throws IOException, InterruptedException {
    return send(
        "PUT",
        "/v1/sessions/s",
        OPENING,
        "Authorization",
        "Bearer " + server.token().hex(),
        "Content-Type",
        "application/json");
  }

  private HttpResponse<String> answer(boolean approved, String... headers)
      throws IOException, InterruptedException {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/json";
    return send("PUT", "/v1/approvals/digits", "{\"approved\":" + approved + "}", all);
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.uri() + path)).timeout(Duration.ofSeconds(20));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(
        request.method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }
}

package io.swarmstream.site.node.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.node.NodeOptions;
import io.swarmstream.site.node.SiteNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that other machines reach: by TLS, and with its token. */
@SuppressWarnings("NullAway.Init")
class BeyondLoopbackTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final ChainOptions NO_CHAIN =
      ChainOptions.of(
              "http://127.0.0.1:1",
              "0x0000000000000000000000000000000000000001",
              "0x0000000000000000000000000000000000000002")
          .withTimeouts(new ChainOptions.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1)));

  @TempDir Path folder;
  private Path identity;
  private SiteNode node;
  private NodeServer server;
  private HttpClient client;

  @BeforeEach
  void start() throws Exception {
    identity = identity("hospital-a");
    node =
        SiteNode.of(
            NodeOptions.of("site-a", KafkaEndpoint.of("127.0.0.1:1"), NO_CHAIN, folder),
            SiteKey.ofSeed(1));
    server =
        NodeServer.start(
            node,
            ServerOptions.of("0.0.0.0", 0)
                .withIdentity(identity)
                .withAllowedHosts(Set.of("node.hospital-a.example")));
    client = client(identity);
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.close();
    node.close();
  }

  private Path identity(String organisation) throws IOException {
    Path of = folder.resolve("identities").resolve(organisation);
    IdentityFolder.at(of)
        .write(
            CertificateAuthority.create(of.resolve("authority"), organisation)
                .issueFor("site-node", List.of("127.0.0.1", "localhost")));
    return of;
  }

  private static HttpClient client(Path trusts) throws Exception {
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[] {ReloadingTls.of(trusts).trustManager()}, null);
    return HttpClient.newBuilder().sslContext(tls).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "10.1.2.3", "127.evil.example", "node.example"})
  void listensToNoOtherMachineWithoutTls(String host) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NodeServer.start(node, ServerOptions.of(host, 0)))
        .withMessageContainingAll("--host is " + host, "--identity");
  }

  @Test
  void tellsStrangersNothing() throws Exception {
    for (Endpoint endpoint : Endpoints.ALL) {
      Described described = endpoint.describe();
      String path = described.path().replace("{n}", "0").replaceAll("\\{\\w+}", "s");
      for (String authorization : List.of("", "Bearer " + "0".repeat(64))) {
        HttpResponse<String> answer = send(described.method(), path, authorization);
        if (described.entry() != Described.Entry.ENTRANCE) {
          assertThat(answer.statusCode()).as(path).isEqualTo(401);
        }
        assertThat(answer.body())
            .as(path)
            .doesNotContain("site-a", "\"up\"", folder.toString(), SiteKey.ofSeed(1).address());
      }
    }
  }

  @Test
  void servesWhoeverShowsTheToken() throws Exception {
    String token = "Bearer " + server.token().hex();

    assertThat(server.uri().getScheme()).isEqualTo("https");
    assertThat(send("GET", "/healthz", token).body()).isEqualTo("{\"status\":\"up\"}");
    assertThat(send("GET", "/status", token).body()).contains("site-a");
    assertThat(send("PUT", "/v1/sessions/s", token).body()).contains("contract is missing");
  }

  @Test
  void letsABrowserInWhoseCookieGoesByTlsOnly() throws Exception {
    HttpResponse<String> in = send("GET", "/login?code=" + code(), "");

    assertThat(in.statusCode()).isEqualTo(303);
    assertThat(in.headers().firstValue("Set-Cookie").orElseThrow()).contains("; Secure");
  }

  private String code() {
    return server.loginUri().getQuery().substring("code=".length());
  }

  @Test
  void speaksNoPlainHttp() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort())) {
      socket.setSoTimeout((int) DEADLINE.toMillis());
      String head =
          "GET /healthz HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
              + server.token().hex()
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(US_ASCII));

      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .doesNotContain("HTTP/1", "up");
    }
  }

  @Test
  void isNotMistakenForAServerOfAnotherAuthority() throws Exception {
    client = client(identity("hospital-b"));

    assertThatThrownBy(() -> send("GET", "/healthz", "")).isInstanceOf(SSLHandshakeException.class);
  }

  private HttpResponse<String> send(String method, String path, String authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("https://127.0.0.1:" + server.uri().getPort()).resolve(path))
            .timeout(DEADLINE)
            .header("Content-Type", "application/json");
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return client.send(
        request.method(method, BodyPublishers.ofString("{}")).build(), BodyHandlers.ofString());
  }
}

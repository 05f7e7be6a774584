package io.swarmstream.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.CertificateRequest;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.ReloadingTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiServerTest {
  private static final List<String> HERE = List.of("localhost", "127.0.0.1");

  @TempDir private Path folder;
  private CertificateAuthority authority;
  private ApiServer server;

  /** A greeting. */
  record Greeting(
      @JsonPropertyDescription("Whom to greet.") String name,
      @JsonPropertyDescription("How often.") @Nullable Integer times) {}

  private static final List<ApiRoute<String>> ROUTES =
      List.of(
          ApiRoute.<String>of(
                  "POST",
                  "/v1/greetings/{language}",
                  "greet",
                  "Greets.",
                  "member",
                  call ->
                      new Greeting(
                          call.path("language") + " " + call.body(Greeting.class).name(), null))
              .takes(Greeting.class)
              .gives(Greeting.class),
          ApiRoute.<String>of(
                  "GET", "/v1/me", "me", "Who calls.", "member", call -> List.of(call.caller()))
              .query("newest", int.class, "How many.")
              .givesListOf(Greeting.class),
          ApiRoute.<String>of(
              "GET",
              "/v1/broken",
              "broken",
              "Fails.",
              "member",
              call -> {
                throw new IllegalStateException("a secret of the node");
              }),
          ApiRoute.page(
              "/page/",
              "anybody",
              call -> {
                call.answerHeader("Cache-Control", "no-cache")
                    .answer("text/html", "<p>".getBytes(StandardCharsets.UTF_8));
                return null;
              }));

  @BeforeEach
  void start() throws IOException {
    authority = CertificateAuthority.create(folder.resolve("ca"), "hospital-a");
    Identity own = authority.issueFor("node", HERE);
    IdentityFolder.at(folder.resolve("server")).write(own);
    server =
        ApiServer.start(
            new Place("127.0.0.1", 0),
            ReloadingTls.of(folder.resolve("server")).context(),
            ApiServerTest::admit,
            ROUTES);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String admit(ApiRoute<String> route, Credentials credentials) {
    List<X509Certificate> certificates = credentials.certificates();
    if (route.isPage()) {
      return "anybody";
    }
    if (certificates.isEmpty()) {
      throw ApiProblem.of(401, "no-certificate", "show a certificate");
    }
    return certificates.get(0).getSubjectX500Principal().getName();
  }

  private SSLContext client(String name, Identity identity) throws IOException {
    IdentityFolder.at(folder.resolve(name)).write(identity);
    return ReloadingTls.of(folder.resolve(name)).context();
  }

  private HttpResponse<String> call(SSLContext tls, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newBuilder()
        .sslContext(tls)
        .build()
        .send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(server.uri().resolve(path));
  }

  @Test
  void withoutTlsAServerIsOnLoopbackAndAnswersToItsOwnNamesOnly() throws Exception {
    ServerSocketChannel bound =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    SessionCookie cookie = SessionCookie.ofPort(7);
    try (ApiServer plain =
        ApiServer.onLoopback(
            bound,
            cookie,
            (route, credentials) -> String.valueOf(credentials.session()),
            ROUTES,
            refusal -> {})) {
      String host = plain.uri().getAuthority();
      assertThat(plain.uri().getScheme()).isEqualTo("http");
      assertThat(ask(plain, host, "Cookie: swarm-console-7=abc")).contains(" 200 ", "[\"abc\"]");
      assertThat(ask(plain, "localhost", "Cookie: __Host-swarm-console=abc"))
          .contains("[\"null\"]");
      assertThat(ask(plain, "evil.example", "X-A: b")).contains(" 403 ", "unknown-host");
      assertThat(ask(plain, host, "Origin: http://" + host)).contains(" 200 ");
      assertThat(ask(plain, host, "Origin: https://" + host)).contains(" 403 ", "cross-site");
      assertThat(ask(plain, host, "Sec-Fetch-Site: same-site")).contains(" 403 ", "cross-site");
    }
    assertThat(bound.isOpen()).isFalse();
    try (ServerSocketChannel everywhere =
        ServerSocketChannel.open().bind(new InetSocketAddress(0))) {
      assertThatThrownBy(
              () ->
                  ApiServer.onLoopback(
                      everywhere, cookie, ApiServerTest::admit, ROUTES, refusal -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("without TLS");
    }
  }

  private static String ask(ApiServer plain, String host, String header) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), plain.uri().getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              ("GET /v1/me HTTP/1.1\r\nHost: "
                      + host
                      + "\r\n"
                      + header
                      + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void servesWhomTheGateAdmits() throws Exception {
    SSLContext tls = client("b", authority.issueFor("hospital-b", HERE));
    HttpResponse<String> me = call(tls, to("/v1/me"));
    assertThat(me.body()).contains("CN=hospital-b");
    HttpResponse<String> greeting =
        call(tls, to("/v1/greetings/en").POST(BodyPublishers.ofString("{\"name\":\"b\"}")));
    assertThat(greeting.body()).isEqualTo("{\"name\":\"en b\"}");
  }

  @Test
  void whoShowsNoCertificateReachesTheGate() throws Exception {
    SSLContext trusting = trusting(authority.certificate());
    HttpResponse<String> answer = call(trusting, to("/v1/me"));
    assertThat(answer.statusCode()).isEqualTo(401);
    JsonNode problem = ApiJson.mapper().readTree(answer.body());
    assertThat(problem.path("code").asText()).isEqualTo("no-certificate");
    assertThat(problem.path("type").asText()).isEqualTo("urn:swarmstream:problem:no-certificate");
    assertThat(problem.path("title").asText()).isEqualTo("Unauthorized");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void certificatesOfOthersAndExpiredOnesEndInTheHandshake() throws Exception {
    CertificateAuthority other = CertificateAuthority.create(folder.resolve("other"), "mallory");
    Identity foreign =
        other.issueFor("hospital-b", HERE).withAuthorities(List.of(authority.certificate()));
    Identity expired =
        authority
            .withClock(Clock.offset(Clock.systemUTC(), Duration.ofDays(-30)))
            .issueFor(CertificateRequest.newKey(), "hospital-b", HERE, Duration.ofDays(1));
    for (Identity refused : List.of(foreign, expired)) {
      SSLContext tls = showing(refused, authority.certificate());
      assertThatThrownBy(() -> call(tls, to("/v1/me"))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void saysWhichFieldIsWrong() throws Exception {
    SSLContext tls = client("b", authority.issueFor("hospital-b", HERE));
    HttpResponse<String> answer =
        call(tls, to("/v1/greetings/en").POST(BodyPublishers.ofString("{\"nam\":\"b\"}")));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(ApiJson.mapper().readTree(answer.body()).path("field").asText()).isEqualTo("nam");
  }

  @Test
  void keepsTheReasonOfItsOwnFailures() throws Exception {
    SSLContext tls = client("b", authority.issueFor("hospital-b", HERE));
    HttpResponse<String> answer = call(tls, to("/v1/broken"));
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("secret");
  }

  @Test
  void refusesLargeBodies() throws Exception {
    SSLContext tls = client("b", authority.issueFor("hospital-b", HERE));
    // More than a connection's buffers hold: the client still sends when the server has decided.
    String large = "{\"name\":\"" + "b".repeat(6 << 20) + "\"}";
    HttpResponse<String> answer =
        call(tls, to("/v1/greetings/en").POST(BodyPublishers.ofString(large)));
    assertThat(answer.statusCode()).isEqualTo(413);
    // Without a length, too.
    HttpResponse<String> chunked =
        call(
            tls,
            to("/v1/greetings/en")
                .POST(
                    BodyPublishers.fromPublisher(
                        BodyPublishers.ofByteArray(large.getBytes(StandardCharsets.UTF_8)))));
    assertThat(chunked.statusCode()).isEqualTo(413);
  }

  /** Browsers show their user's certificate for the pages of others as well. */
  @Test
  void servesNoOtherWebPage() throws Exception {
    SSLContext tls = client("b", authority.issueFor("hospital-b", HERE));
    for (String[] header :
        new String[][] {
          {"Origin", "https://evil.example"}, {"Origin", "null"}, {"Sec-Fetch-Site", "cross-site"}
        }) {
      HttpResponse<String> refused = call(tls, to("/v1/me").header(header[0], header[1]));
      assertThat(refused.statusCode()).as(header[1]).isEqualTo(403);
      assertThat(refused.body()).contains("cross-site", header[0]);
    }
    assertThat(call(tls, to("/v1/me").header("Origin", server.uri().toString())).statusCode())
        .isEqualTo(200);
  }

  @Test
  void readersFollowLinksToPagesFromElsewhereButNobodyEmbedsThem() throws Exception {
    SSLContext trusting = trusting(authority.certificate());
    HttpResponse<String> followed =
        call(
            trusting,
            to("/page/")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Sec-Fetch-Mode", "navigate")
                .header("Sec-Fetch-Dest", "document"));
    assertThat(followed.statusCode()).isEqualTo(200);
    assertThat(followed.headers().firstValue("Cache-Control")).hasValue("no-cache");
    assertThat(followed.headers().firstValue("Content-Type")).hasValue("text/html");
    for (String[] other : new String[][] {{"navigate", "iframe"}, {"no-cors", "script"}}) {
      HttpResponse<String> embedded =
          call(
              trusting,
              to("/page/")
                  .header("Sec-Fetch-Site", "cross-site")
                  .header("Sec-Fetch-Mode", other[0])
                  .header("Sec-Fetch-Dest", other[1]));
      assertThat(embedded.statusCode()).as(other[1]).isEqualTo(403);
    }
  }

  @Test
  void noAnswerIsTakenForAPage() throws Exception {
    SSLContext tls = client("b", authority.issueFor("hospital-b", HERE));
    for (String path : List.of("/v1/me", "/v1/broken", "/v2")) {
      HttpResponse<String> answer = call(tls, to(path));
      assertThat(answer.headers().firstValue("X-Content-Type-Options"))
          .as(path)
          .hasValue("nosniff");
      assertThat(answer.headers().firstValue("Cache-Control")).as(path).hasValue("no-store");
    }
  }

  @Test
  void nothingIsAtOtherPaths() throws Exception {
    SSLContext tls = client("b", authority.issueFor("hospital-b", HERE));
    HttpResponse<String> answer = call(tls, to("/v2"));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("not-found");
  }

  @Test
  void describesItself() {
    JsonNode document = ApiDocument.of("Greeter", "1", "By certificate.", ROUTES);
    JsonNode greet = document.at("/paths/~1v1~1greetings~1{language}/post");
    assertThat(greet.path("operationId").asText()).isEqualTo("greet");
    assertThat(document.at("/components/schemas/Greeting/required").toString())
        .isEqualTo("[\"name\"]");
    assertThat(document.at("/components/schemas/Greeting/properties/times/type").asText())
        .isEqualTo("integer");
    assertThat(document.at("/paths/~1v1~1me/get/responses/200/content").toString())
        .contains("\"array\"");
  }

  private static SSLContext trusting(X509Certificate certificate) throws Exception {
    return context(null, certificate);
  }

  /**
   * Shows any identity, as an attacker would: our own clients refuse to use a bad one, and Java's
   * show none that the server does not ask for.
   */
  private static SSLContext showing(Identity identity, X509Certificate trusted) throws Exception {
    return context(new KeyManager[] {new Stubborn(identity)}, trusted);
  }

  private static SSLContext context(KeyManager @Nullable [] own, X509Certificate trusted)
      throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", trusted);
    TrustManagerFactory known =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    known.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own, known.getTrustManagers(), null);
    return context;
  }

  private static final class Stubborn extends X509ExtendedKeyManager {
    private final Identity identity;

    Stubborn(Identity identity) {
      this.identity = identity;
    }

    @Override
    public String chooseEngineClientAlias(
        String[] types, Principal @Nullable [] issuers, SSLEngine engine) {
      return "own";
    }

    @Override
    public String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return "own";
    }

    @Override
    public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
      return new String[] {"own"};
    }

    @Override
    public @Nullable String chooseServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return identity.key();
    }
  }
}

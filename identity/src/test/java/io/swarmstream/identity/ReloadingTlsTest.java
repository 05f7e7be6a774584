package io.swarmstream.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that answers with the key hash of its client, and its clients. */
class ReloadingTlsTest {
  @TempDir Path temp;
  private CertificateAuthority authority;
  private IdentityFolder serverFolder;
  private IdentityFolder clientFolder;
  private ReloadingTls client;
  private HttpsServer server;

  @BeforeEach
  void start() throws IOException {
    authority = CertificateAuthority.create(temp.resolve("authority"), "Hospital A");
    serverFolder = IdentityFolder.at(temp.resolve("server"));
    serverFolder.write(authority.issueFor("server", List.of("localhost")));
    clientFolder = IdentityFolder.at(temp.resolve("client"));
    clientFolder.write(authority.issueFor("client", List.of()));
    client = ReloadingTls.of(clientFolder);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(ReloadingTls.of(serverFolder).context()) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = getSSLContext().getDefaultSSLParameters();
            tls.setNeedClientAuth(true);
            parameters.setSSLParameters(tls);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          X509Certificate peer =
              (X509Certificate) ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0];
          byte[] answer = KeyHash.of(peer).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Connection", "close");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String ask(SSLContext context) throws Exception {
    return http(context).send(request(), HttpResponse.BodyHandlers.ofString()).body();
  }

  private static HttpClient http(SSLContext context) {
    return HttpClient.newBuilder()
        .sslContext(context)
        .connectTimeout(Duration.ofSeconds(10))
        .build();
  }

  private HttpRequest request() {
    return HttpRequest.newBuilder(
            URI.create("https://localhost:" + server.getAddress().getPort() + "/"))
        .timeout(Duration.ofSeconds(10))
        .build();
  }

  @Test
  void knowsClientsByTheirKeys() throws Exception {
    assertThat(ask(client.context())).isEqualTo(client.identity().keyHash());
  }

  @Test
  void presentsARenewedCertificateOnTheNextConnectionOfTheSameClient() throws Exception {
    HttpClient open = http(client.context());
    String before = open.send(request(), HttpResponse.BodyHandlers.ofString()).body();
    Identity renewed = authority.issueFor("client", List.of());
    clientFolder.write(renewed);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> open.send(request(), HttpResponse.BodyHandlers.ofString()).body(),
            renewed.keyHash()::equals);
    assertThat(before).isNotEqualTo(renewed.keyHash());
  }

  @Test
  void servesARenewedCertificateWithoutARestart() throws Exception {
    Identity renewed = authority.issueFor("server", List.of("localhost"));
    serverFolder.write(renewed);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(KeyHash.of(serverCertificate())).isEqualTo(renewed.keyHash()));
  }

  private X509Certificate serverCertificate() throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            client.socketFactory().createSocket("localhost", server.getAddress().getPort())) {
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void stopsTrustingAnAuthorityThatIsTakenAway() throws Exception {
    assertThat(ask(client.context())).isNotEmpty();
    CertificateAuthority other = CertificateAuthority.create(temp.resolve("other"), "Hospital B");
    serverFolder.write(
        serverFolder
            .read()
            .withAuthorities(List.of(other.certificate()))
            .withChain(
                List.of(
                    other.issue(
                        CertificateRequest.renewal(serverFolder.read()),
                        "server",
                        List.of("localhost")))));
    clientFolder.writeAuthorities(List.of(authority.certificate(), other.certificate()));
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThatThrownBy(() -> ask(client.context())).isInstanceOf(IOException.class));
  }

  @Test
  void keepsTheLastGoodIdentityWhenTheNewFilesAreBroken() throws Exception {
    String before = ask(client.context());
    Files.writeString(clientFolder.keyFile(), "broken");
    Thread.sleep(1_100); // the files are looked at once a second
    assertThat(ask(client.context())).isEqualTo(before);
    Identity mended = authority.issueFor("client", List.of());
    clientFolder.write(mended);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> ask(client.context()), mended.keyHash()::equals);
  }

  @Test
  void refusesAClientWithoutACertificate() throws Exception {
    SSLContext without = SSLContext.getInstance("TLS");
    without.init(null, new javax.net.ssl.TrustManager[] {client.trustManager()}, null);
    assertThatThrownBy(() -> ask(without)).isInstanceOf(IOException.class);
  }

  @Test
  void refusesAServerUnderAnotherName() throws Exception {
    serverFolder.write(authority.issueFor("server", List.of("other.host")));
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> ask(client.context()))
                    .hasStackTraceContaining("No subject alternative DNS name"));
  }

  @Test
  void startsWithoutAValidIdentityNever() throws IOException {
    clientFolder.writeAuthorities(
        List.of(CertificateAuthority.create(temp.resolve("other"), "B").certificate()));
    assertThatThrownBy(() -> ReloadingTls.of(clientFolder))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("authorities");
  }
}

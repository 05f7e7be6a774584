package io.swarmstream.clients.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.ReloadingTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class NodeOverTlsTest {
  private static final String ADDRESS = "0x" + "ab".repeat(20);

  @TempDir Path folder;
  private CertificateAuthority authority;
  private Path client;
  private HttpsServer node;
  private volatile String seen = "";

  @BeforeEach
  void anIdentity() throws IOException {
    authority = CertificateAuthority.create(folder.resolve("authority"), "org-a");
    client = folder.resolve("client");
    IdentityFolder.at(client).write(authority.issueFor("hospital-a", List.of()));
  }

  @AfterEach
  void stop() {
    if (node != null) {
      node.stop(0);
    }
  }

  @Test
  void showsItsCertificateToANodeOfItsAuthority() throws IOException {
    start(authority, "127.0.0.1");

    try (ChainClient chain = ChainClient.reading(options().withTls(client))) {
      assertThat(chain.newestBlock()).isEqualTo(7);
    }
    assertThat(seen).contains("hospital-a");
  }

  @Test
  void speaksToNoNodeOfAnotherAuthority() throws IOException {
    start(CertificateAuthority.create(folder.resolve("other"), "org-b"), "127.0.0.1");

    assertRefused();
  }

  @Test
  void speaksToNoNodeWithTheCertificateOfAnotherHost() throws IOException {
    start(authority, "10.1.2.3");

    assertRefused();
  }

  @Test
  void needsItsFiles() {
    assertThatThrownBy(
            () ->
                ChainClient.reading(
                    ChainOptions.of("https://127.0.0.1:1", ADDRESS, ADDRESS)
                        .withTls(folder.resolve("nowhere"))))
        .hasMessageContaining("nowhere");
  }

  private void assertRefused() {
    try (ChainClient chain = ChainClient.reading(options().withTls(client))) {
      assertThatThrownBy(chain::newestBlock).isInstanceOf(ChainUnreachableException.class);
    }
    assertThat(seen).isEmpty();
  }

  private ChainOptions options() {
    return ChainOptions.of(
            "https://127.0.0.1:" + node.getAddress().getPort() + "/rpc", ADDRESS, ADDRESS)
        .withTimeouts(new ChainOptions.Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5)));
  }

  private void start(CertificateAuthority issuer, String host) throws IOException {
    Path server = folder.resolve("node");
    IdentityFolder identity = IdentityFolder.at(server);
    identity.write(issuer.issueFor("node", List.of(host)));
    identity.writeAuthorities(List.of(authority.certificate(), issuer.certificate()));
    ReloadingTls tls = ReloadingTls.of(server);
    node = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.setHttpsConfigurator(
        new HttpsConfigurator(tls.context()) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters mutual = getSSLContext().getDefaultSSLParameters();
            mutual.setNeedClientAuth(true);
            parameters.setSSLParameters(mutual);
          }
        });
    node.createContext(
        "/rpc",
        exchange -> {
          var session = ((HttpsExchange) exchange).getSSLSession();
          seen =
              ((X509Certificate) session.getPeerCertificates()[0])
                  .getSubjectX500Principal()
                  .getName();
          byte[] answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x7\"}".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    node.start();
  }
}

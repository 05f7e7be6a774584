package io.swarmstream.identity.spiffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.identity.SpiffeName;
import io.swarmstream.testkit.spire.Spire;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real SPIRE. Skipped where its programs are missing; {@code deploy/tools/get-spire} builds them.
 */
class SpireITCase {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String ID = "spiffe://swarm.test/site-1";

  @TempDir Path temp;

  @Test
  void keepsAFolderUpToDateThroughRotations() throws Exception {
    Optional<Path> programs = Spire.programs();
    assumeTrue(programs.isPresent(), Spire.MISSING);
    IdentityFolder folder = IdentityFolder.at(temp.resolve("identity"));
    try (Spire spire = Spire.start(programs.get(), "swarm.test")) {
      WorkloadSocket socket =
          WorkloadSocket.of(spire.agent("one", "site-1", Duration.ofSeconds(30), "localhost"));
      try (SpiffeIdentity unused = SpiffeIdentity.follow(socket, folder, List::of, SOON)) {
        Identity first = folder.readValid();
        assertThat(first.principal()).isEqualTo(ID);
        assertThat(SpiffeName.isAuthorityOf(first.authorities().get(0), "swarm.test")).isTrue();
        HttpsServer server = start(ReloadingTls.of(folder));
        try {
          HttpClient client =
              HttpClient.newBuilder().sslContext(ReloadingTls.of(folder).context()).build();
          assertThat(ask(client, server)).isEqualTo(ID);
          await().atMost(SOON).until(() -> !folder.readValid().leaf().equals(first.leaf()));
          assertThat(folder.readValid().keyHash()).isNotEqualTo(first.keyHash());
          // Past the end of the first certificate, with the same server and client.
          await().atMost(SOON).until(() -> first.expiresWithin(Duration.ZERO));
          assertThat(ask(client, server)).isEqualTo(ID);
        } finally {
          server.stop(0);
        }
      }
    }
  }

  /** A server that answers with its client's SPIFFE id. */
  private static HttpsServer start(ReloadingTls tls) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls.context()) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters needed = getSSLContext().getDefaultSSLParameters();
            needed.setNeedClientAuth(true);
            parameters.setSSLParameters(needed);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          X509Certificate peer =
              (X509Certificate) ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0];
          byte[] answer = SpiffeName.of(peer).orElse("none").getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Connection", "close");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String ask(HttpClient client, HttpsServer server) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("https://localhost:" + server.getAddress().getPort() + "/"))
            .timeout(Duration.ofSeconds(10))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}

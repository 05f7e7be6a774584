package io.swarmstream.licence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class LicencePageTest {
  @TempDir Path folder;
  private TestServers servers;
  private LicenceServer server;

  @BeforeEach
  void start() throws Exception {
    servers = new TestServers(folder, new TestClock());
    server = servers.alone();
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.close();
  }

  private HttpResponse<String> get(SSLContext as, String path) throws Exception {
    return send(as, HttpRequest.newBuilder(server.uri().resolve(path)));
  }

  private HttpResponse<String> post(String path, String field, String value, String origin)
      throws Exception {
    return send(
        servers.adminTls(),
        HttpRequest.newBuilder(server.uri().resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", origin)
            .POST(BodyPublishers.ofString(field + "=" + URLEncoder.encode(value, UTF_8))));
  }

  private static HttpResponse<String> send(SSLContext as, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newBuilder()
        .sslContext(as)
        .build()
        .send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
  }

  @Test
  void installsRevokesAndReadmits() throws Exception {
    String own = server.uri().toString();
    assertThat(post("/install", "licence", TestLicences.licence(), own).statusCode())
        .isEqualTo(303);
    Lease lease =
        servers
            .client("hospital-a", server.uri())
            .take(TestLicences.site("hospital-a", "<b>ct</b>"));

    HttpResponse<String> page = get(servers.adminTls(), "/");
    assertThat(page.body())
        .contains("covid-ct", "2099-12-31", "&lt;b&gt;ct&lt;/b&gt;", lease.id())
        .doesNotContain("<b>ct", "<script", "http://", "https://");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'");

    assertThat(post("/revoke", "id", lease.id(), own).headers().firstValue("Location"))
        .contains("/");
    assertThat(servers.admin(server.uri()).leases()).isEmpty();
    assertThat(post("/readmit", "id", lease.id(), own).statusCode()).isEqualTo(303);
    assertThat(servers.admin(server.uri()).revocations()).isEmpty();
  }

  @Test
  void takesNoFormOfAnotherPage() throws Exception {
    HttpResponse<String> refused =
        post("/install", "licence", TestLicences.licence(), "https://evil.example");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(servers.admin(server.uri()).entitlements()).isEmpty();
  }

  @Test
  void isShownToAdministratorsOnly() throws Exception {
    SSLContext nobody = SSLContext.getInstance("TLS");
    nobody.init(null, new TrustManager[] {servers.trust()}, null);

    for (String path : new String[] {"/", "/v1/leases", "/v1/entitlements", "/v1/health", "/x"}) {
      HttpResponse<String> refused = get(nobody, path);
      assertThat(refused.statusCode()).as(path).isIn(401, 404);
      assertThat(refused.body()).doesNotContain("covid-ct", "primary");
    }
    assertThat(get(servers.tls("hospital-b"), "/").statusCode()).isEqualTo(403);
    assertThat(get(servers.tls("hospital-b"), "/v1/state").statusCode()).isEqualTo(403);
    assertThat(get(servers.tls("hospital-b"), "/openapi.json").body()).contains("takeLease");
  }
}

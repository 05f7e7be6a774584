package io.swarmstream.clients.network;

import io.swarmstream.identity.ReloadingTls;
import java.net.http.HttpClient;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client whose connections show the newest certificate of a folder. A connection that is
 * kept open goes on showing the one that it was opened with, so a new certificate gets a new
 * client.
 */
final class CurrentHttp {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final @Nullable ReloadingTls tls;
  private @Nullable X509Certificate shown;
  private HttpClient http;

  /** A client with the certificate of a context, for good. */
  CurrentHttp(SSLContext context) {
    this.tls = null;
    this.http = with(context);
  }

  /** A client that follows the identity of a folder. */
  CurrentHttp(ReloadingTls tls) {
    this.tls = tls;
    this.shown = tls.identity().leaf();
    this.http = with(tls.context());
  }

  synchronized HttpClient client() {
    if (tls != null) {
      X509Certificate now = tls.identity().leaf();
      if (!now.equals(shown)) {
        shown = now;
        http = with(tls.context());
      }
    }
    return http;
  }

  private static HttpClient with(SSLContext context) {
    return HttpClient.newBuilder()
        .sslContext(context)
        .connectTimeout(CONNECT)
        .version(HttpClient.Version.HTTP_1_1)
        .build();
  }
}

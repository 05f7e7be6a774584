package io.swarmstream.licence;

import io.swarmstream.web.ApiJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server asks and tells the other one. Each call ends within two seconds. */
final class LicencePartner {
  private static final Logger LOG = LoggerFactory.getLogger(LicencePartner.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final URI url;
  private final HttpClient http;
  private volatile boolean answers;

  LicencePartner(URI url, SSLContext tls) {
    this.url = url;
    this.http =
        HttpClient.newBuilder()
            .sslContext(tls)
            .connectTimeout(PATIENCE)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  URI url() {
    return url;
  }

  /** Whether it answered when it was last called. */
  boolean answers() {
    return answers;
  }

  /** Whether it gives leases. */
  boolean isActive() throws InterruptedException {
    return send(request("/v1/health").build())
        .map(bytes -> ApiJson.read(bytes, LicenceHealth.class).active())
        .orElse(false);
  }

  Optional<LicenceState> state() throws InterruptedException {
    return send(request("/v1/state").build()).map(bytes -> ApiJson.read(bytes, LicenceState.class));
  }

  /** Whether it has the state now, on its disk. */
  boolean tell(LicenceState state) throws InterruptedException {
    return send(request("/v1/state")
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofByteArray(ApiJson.bytes(state)))
            .build())
        .isPresent();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(url.resolve(path)).timeout(PATIENCE);
  }

  private Optional<byte[]> send(HttpRequest request) throws InterruptedException {
    String why;
    try {
      HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() / 100 == 2) {
        if (!answers) {
          LOG.info("the other licence server at {} answers", url);
        }
        answers = true;
        return Optional.of(answer.body());
      }
      why = "it refuses " + request.uri() + " with " + answer.statusCode();
    } catch (IOException e) {
      why = e.toString();
    }
    if (answers) {
      LOG.warn("the other licence server at {} does not answer: {}", url, why);
    }
    answers = false;
    return Optional.empty();
  }
}

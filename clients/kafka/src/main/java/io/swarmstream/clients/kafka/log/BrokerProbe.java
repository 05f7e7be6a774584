package io.swarmstream.clients.kafka.log;

import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.MissingRightException;
import io.swarmstream.clients.kafka.TlsProblem;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Checks whether Kafka answers, over one connection that stays open. Used by one thread. */
public final class BrokerProbe implements AutoCloseable {
  private final KafkaEndpoint endpoint;
  private final Duration patience;
  private @Nullable Admin admin;

  /** Creates a probe; the first check opens the connection. */
  public BrokerProbe(KafkaEndpoint endpoint, Duration patience) {
    this.endpoint = endpoint;
    this.patience = patience;
  }

  /** Returns what is wrong with Kafka; empty when it answers. */
  public Optional<String> problem() throws InterruptedException {
    try {
      var unused =
          admin().describeCluster().clusterId().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.empty();
    } catch (TimeoutException e) {
      return Optional.of(noAnswer());
    } catch (ExecutionException e) {
      return Optional.of(
          e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException
              ? noAnswer()
              : MissingRightException.of(e, "DESCRIBE", "the cluster", endpoint)
                  .map(Throwable::getMessage)
                  .orElseGet(() -> "Kafka at " + endpoint + ": " + e.getMessage()));
    } catch (KafkaException e) {
      return Optional.of("Kafka at " + endpoint + ": " + e.getMessage());
    }
  }

  private String noAnswer() {
    return "no answer from Kafka at "
        + endpoint
        + " in "
        + patience.toSeconds()
        + " s"
        + TlsProblem.hint(endpoint);
  }

  private Admin admin() {
    Admin open = admin;
    if (open == null) {
      String millis = Long.toString(patience.toMillis());
      open =
          Admin.create(
              endpoint.properties(
                  Map.of("reconnect.backoff.ms", "1000", "reconnect.backoff.max.ms", "5000"),
                  Map.of("request.timeout.ms", millis, "default.api.timeout.ms", millis)));
      admin = open;
    }
    return open;
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }
}

package io.swarmstream.clients.kafka.log;

import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.SeldomWarning;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic in which network nodes tell each other who was heard. Heartbeats are lost while Kafka
 * is away, and nothing waits for them. Safe for use by many threads.
 */
public final class HeartbeatLog implements AutoCloseable {
  /** No contract's topic has this name, because the kinds of those are others. */
  public static final String TOPIC = "swarm.nodes";

  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatLog.class);
  private static final long RETENTION_MS = Duration.ofDays(1).toMillis();
  private static final String MAX_BLOCK_MS = "1000";

  private final SeldomWarning warning = new SeldomWarning(LOG);
  private final KafkaProducer<String, byte[]> producer;

  private HeartbeatLog(KafkaProducer<String, byte[]> producer) {
    this.producer = producer;
  }

  /** Opens the topic for writing; the first record connects. */
  public static HeartbeatLog of(KafkaEndpoint endpoint) {
    return new HeartbeatLog(
        new KafkaProducer<>(
            endpoint.properties(
                Map.of("reconnect.backoff.max.ms", "1000", "linger.ms", "50"),
                Map.of(
                    "acks",
                    "1",
                    "enable.idempotence",
                    "false",
                    "max.block.ms",
                    MAX_BLOCK_MS,
                    "delivery.timeout.ms",
                    "5000",
                    "request.timeout.ms",
                    "4000")),
            new StringSerializer(),
            new ByteArraySerializer()));
  }

  /**
   * Creates the topic unless it exists.
   *
   * @throws IllegalStateException when Kafka refuses or does not answer in time
   */
  public static void create(KafkaEndpoint endpoint, short replicas, Duration deadline)
      throws InterruptedException {
    NetworkTopic.create(
        endpoint,
        TOPIC,
        replicas,
        Map.of("cleanup.policy", "compact,delete", "retention.ms", Long.toString(RETENTION_MS)),
        deadline);
  }

  /** Sends a heartbeat and does not wait for it. */
  public void send(String key, byte[] value) {
    try {
      var unused =
          producer.send(
              new ProducerRecord<>(TOPIC, key, value),
              (done, failure) -> {
                if (failure != null) {
                  warn(failure);
                }
              });
    } catch (KafkaException e) {
      warn(e);
    }
  }

  private synchronized void warn(Exception failure) {
    warning.say("a heartbeat was lost: " + failure.getMessage());
  }

  /** The key of a record as text. */
  public static String key(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
  }
}

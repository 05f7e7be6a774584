package io.swarmstream.clients.kafka.log;

import io.swarmstream.clients.kafka.KafkaEndpoint;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The topic in which network nodes keep what members note about trainings, compacted by training.
 */
public final class NoteLog {
  /** No contract's topic has this name, because the kinds of those are others. */
  public static final String TOPIC = "swarm.notes";

  private NoteLog() {}

  /**
   * Creates the topic unless it exists.
   *
   * @throws IllegalStateException when Kafka refuses or does not answer in time
   */
  public static void create(KafkaEndpoint endpoint, short replicas, Duration deadline)
      throws InterruptedException {
    NetworkTopic.create(endpoint, TOPIC, replicas, Map.of("cleanup.policy", "compact"), deadline);
  }

  /**
   * Writes a note and waits until Kafka has it. Opens a connection for it, since notes are rare.
   *
   * @throws IllegalStateException when Kafka refuses or does not answer in time
   */
  public static void write(KafkaEndpoint endpoint, String key, byte[] value, Duration deadline)
      throws InterruptedException {
    String millis = Long.toString(deadline.toMillis());
    Map<String, Object> properties =
        endpoint.properties(
            Map.of(),
            Map.of(
                "max.block.ms", millis,
                "delivery.timeout.ms", millis,
                "request.timeout.ms", millis,
                "linger.ms", "0"));
    try {
      KafkaProducer<String, byte[]> producer =
          new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
      try {
        var unused =
            producer
                .send(new ProducerRecord<>(TOPIC, key, value))
                .get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      } finally {
        producer.close(Duration.ZERO);
      }
    } catch (ExecutionException e) {
      throw failed(endpoint, String.valueOf(e.getCause()), e);
    } catch (TimeoutException | KafkaException e) {
      throw failed(endpoint, e.toString(), e);
    }
  }

  private static IllegalStateException failed(KafkaEndpoint endpoint, String why, Exception e) {
    return new IllegalStateException(
        "the note cannot be written to " + TOPIC + " at " + endpoint + ": " + why, e);
  }
}

package io.swarmstream.kafka;

import io.swarmstream.schemas.RecordGoneException;
import io.swarmstream.schemas.RecordLog;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads single records of Kafka's topics. */
public final class KafkaRecordLog implements RecordLog {
  /** A broker that is restarted is back before that; the job's own restart takes longer. */
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private static final Map<String, String> TUNING =
      Map.of(
          "reconnect.backoff.max.ms", "500",
          // One batch, which holds one record when records are large, and no waiting for more.
          "max.partition.fetch.bytes", "1",
          "fetch.max.wait.ms", "0");

  private static final Map<String, String> REQUIRED =
      Map.of(
          "isolation.level", "read_committed",
          "enable.auto.commit", "false",
          "auto.offset.reset", "none",
          "allow.auto.create.topics", "false");

  private final KafkaEndpoint endpoint;
  private final String reader;

  /** Opened by the first read: many that may read never have to. */
  private @Nullable KafkaConsumer<byte[], byte[]> consumer;

  /**
   * All that was ever read from, paused but for the one that is read: with each new assignment the
   * client makes its metrics anew, which costs more than a read.
   */
  private final Set<TopicPartition> assigned = new LinkedHashSet<>();

  private @Nullable TopicPartition current;

  private KafkaRecordLog(KafkaEndpoint endpoint, String reader) {
    this.endpoint = endpoint;
    this.reader = reader;
  }

  /** Opens the logs of one Kafka. */
  public static Opener at(KafkaEndpoint endpoint) {
    return reader -> new KafkaRecordLog(endpoint, reader);
  }

  @Override
  public byte[] read(String topic, int partition, long offset)
      throws IOException, InterruptedException {
    try {
      return readNow(new TopicPartition(topic, partition), offset);
    } catch (InterruptException e) {
      Thread.interrupted();
      InterruptedException checked = new InterruptedException(e.getMessage());
      checked.initCause(e);
      throw checked;
    } catch (OffsetOutOfRangeException e) {
      RecordGoneException gone = new RecordGoneException(topic, partition, offset);
      gone.initCause(e);
      throw gone;
    }
  }

  private byte[] readNow(TopicPartition from, long offset) throws IOException {
    if (consumer == null) {
      consumer =
          new KafkaConsumer<>(
              endpoint.properties(TUNING, required(reader)),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
    }
    if (assigned.add(from)) {
      consumer.assign(assigned);
      consumer.pause(assigned);
      current = null;
    }
    if (!from.equals(current)) {
      if (current != null) {
        consumer.pause(List.of(current));
      }
      consumer.resume(List.of(from));
      current = from;
    }
    consumer.seek(from, offset);
    long endNanos = System.nanoTime() + DEADLINE.toNanos();
    do {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
        if (record.offset() == offset && record.value() != null) {
          return record.value();
        }
        throw new RecordGoneException(from.topic(), from.partition(), offset);
      }
    } while (System.nanoTime() < endNanos);
    throw new IOException(
        "record %s/%d@%d: Kafka at %s did not give it within %s; is the broker running, and reachable from here?"
            .formatted(from.topic(), from.partition(), offset, endpoint, DEADLINE));
  }

  private static Map<String, String> required(String reader) {
    Map<String, String> all = new HashMap<>(REQUIRED);
    all.put("client.id", reader);
    return all;
  }

  @Override
  public void close() {
    if (consumer != null) {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
  }
}

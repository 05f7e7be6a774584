package io.swarmstream.clients.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.schemas.wire.RecordGoneException;
import io.swarmstream.schemas.wire.RecordLog;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads single records from Kafka topics. */
public final class KafkaRecordLog implements RecordLog {
  /** Longer than a broker restart takes, shorter than a restart of the job. */
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private static final Duration POLL = Duration.ofMillis(500);

  private static final Map<String, String> TUNING =
      Map.of(
          "reconnect.backoff.max.ms", "500",
          // One batch, which holds one record when records are large, and no wait for more.
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

  /** Opened by the first read, because most instances that may read never have to. */
  private @Nullable KafkaConsumer<byte[], byte[]> consumer;

  /**
   * All partitions ever read; all but the current one are paused. The client recreates its metrics
   * with each new assignment, which costs more than a read.
   */
  private final Set<TopicPartition> assigned = new LinkedHashSet<>();

  private @Nullable TopicPartition current;

  private KafkaRecordLog(KafkaEndpoint endpoint, String reader) {
    this.endpoint = endpoint;
    this.reader = reader;
  }

  /** Opens the logs of one Kafka cluster. */
  public static Opener at(KafkaEndpoint endpoint) {
    return reader -> new KafkaRecordLog(endpoint, reader);
  }

  @Override
  public byte[] read(String topic, int partition, long offset)
      throws IOException, InterruptedException {
    try {
      return readNow(new TopicPartition(topic, partition), offset);
    } catch (InterruptException e) {
      throw Interrupts.checked(e);
    } catch (OffsetOutOfRangeException e) {
      RecordGoneException gone = new RecordGoneException(topic, partition, offset);
      gone.initCause(e);
      throw gone;
    }
  }

  private byte[] readNow(TopicPartition from, long offset) throws IOException {
    KafkaConsumer<byte[], byte[]> open = at(from, offset);
    long endNanos = endNanos();
    do {
      for (ConsumerRecord<byte[], byte[]> record : open.poll(POLL)) {
        if (record.offset() == offset && record.value() != null) {
          return record.value();
        }
        throw new RecordGoneException(from.topic(), from.partition(), offset);
      }
    } while (System.nanoTime() < endNanos);
    throw silent("record %s/%d@%d".formatted(from.topic(), from.partition(), offset), null);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The broker knows at which offset records of that time begin, and the key determines the
   * partition, so the first record read is usually the right one.
   */
  @Override
  public <T> Optional<T> find(
      String topic, String key, long timestampMs, Function<byte[], Optional<T>> take)
      throws IOException, InterruptedException {
    try {
      return findNow(topic, key, timestampMs, take);
    } catch (InterruptException e) {
      throw Interrupts.checked(e);
    } catch (TimeoutException e) {
      throw silent("record \"" + key + "\" of " + topic, e);
    }
  }

  private <T> Optional<T> findNow(
      String topic, String name, long timestampMs, Function<byte[], Optional<T>> take)
      throws IOException {
    byte[] key = name.getBytes(UTF_8);
    int partitions = consumer().partitionsFor(topic, DEADLINE).size();
    int first = RecordPartition.of(name, partitions);
    // The other partitions hold it only if somebody added partitions since it was written.
    for (int i = 0; i < partitions; i++) {
      TopicPartition partition = new TopicPartition(topic, (first + i) % partitions);
      @Nullable OffsetAndTimestamp begin =
          consumer().offsetsForTimes(Map.of(partition, timestampMs), DEADLINE).get(partition);
      if (begin != null) {
        Optional<T> found = findBehind(partition, begin.offset(), key, take);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private <T> Optional<T> findBehind(
      TopicPartition partition, long offset, byte[] key, Function<byte[], Optional<T>> take)
      throws IOException {
    KafkaConsumer<byte[], byte[]> open = at(partition, offset);
    long end = Long.MAX_VALUE;
    long endNanos = endNanos();
    do {
      for (ConsumerRecord<byte[], byte[]> record : open.poll(POLL)) {
        endNanos = endNanos();
        if (record.value() != null && Arrays.equals(record.key(), key)) {
          Optional<T> taken = take.apply(record.value());
          if (taken.isPresent()) {
            return taken;
          }
        }
      }
      if (end == Long.MAX_VALUE) {
        end = open.endOffsets(List.of(partition), DEADLINE).getOrDefault(partition, offset);
      }
      if (open.position(partition) >= end) {
        return Optional.empty();
      }
    } while (System.nanoTime() < endNanos);
    throw silent(partition + " from " + open.position(partition), null);
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    if (consumer == null) {
      consumer =
          new KafkaConsumer<>(
              endpoint.properties(TUNING, required(reader)),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
    }
    return consumer;
  }

  /** Makes the next poll begin there. */
  private KafkaConsumer<byte[], byte[]> at(TopicPartition from, long offset) {
    KafkaConsumer<byte[], byte[]> open = consumer();
    if (assigned.add(from)) {
      open.assign(assigned);
      open.pause(assigned);
      current = null;
    }
    if (!from.equals(current)) {
      if (current != null) {
        open.pause(List.of(current));
      }
      open.resume(List.of(from));
      current = from;
    }
    open.seek(from, offset);
    return open;
  }

  private static long endNanos() {
    return System.nanoTime() + DEADLINE.toNanos();
  }

  private IOException silent(String what, @Nullable Exception cause) {
    return new IOException(
        "%s: Kafka at %s did not give it within %s; is the broker running, and reachable from here?%s"
            .formatted(what, endpoint, DEADLINE, TlsProblem.hint(endpoint)),
        cause);
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

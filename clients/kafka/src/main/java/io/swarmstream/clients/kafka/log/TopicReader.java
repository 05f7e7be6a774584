package io.swarmstream.clients.kafka.log;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.Interrupts;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.MissingRightException;
import io.swarmstream.clients.kafka.TlsProblem;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads committed records of all partitions of some topics, without a consumer group. Used by one
 * thread at a time, except for {@code wakeup}. Waits for a broker that is unreachable.
 *
 * @param <V> a record's value: {@code byte[]}, or {@code ByteBuffer}, which is a view of the whole
 *     fetched batch: cheap to create, but too large to keep
 */
public final class TopicReader<V> implements AutoCloseable {
  private static final Duration RETRY = Duration.ofMillis(100);

  /** Limits the memory of a reader to 16 MiB per broker. */
  private static final Map<String, String> TUNING =
      Map.of(
          "max.partition.fetch.bytes", Integer.toString(4 << 20),
          "fetch.max.bytes", Integer.toString(16 << 20),
          "reconnect.backoff.max.ms", "500");

  private static final Map<String, String> REQUIRED =
      Map.of(
          "isolation.level", "read_committed",
          "enable.auto.commit", "false",
          "auto.offset.reset", "earliest",
          "allow.auto.create.topics", "false");

  private final KafkaEndpoint endpoint;
  private final KafkaConsumer<byte[], V> consumer;

  private TopicReader(KafkaEndpoint endpoint, KafkaConsumer<byte[], V> consumer) {
    this.endpoint = endpoint;
    this.consumer = consumer;
  }

  /**
   * Opens a reader at the beginning of each topic.
   *
   * @throws DeadlineException when no broker answers, or a topic does not exist at the deadline
   * @throws MissingRightException when this client may not see a topic
   */
  static TopicReader<byte[]> open(KafkaEndpoint endpoint, List<String> topics, Deadline deadline)
      throws InterruptedException {
    return open(endpoint, topics, new ByteArrayDeserializer(), deadline);
  }

  /** Opens the same reader, without copying values. */
  public static TopicReader<ByteBuffer> ofViews(
      KafkaEndpoint endpoint, List<String> topics, Deadline deadline) throws InterruptedException {
    return open(endpoint, topics, new ByteBufferDeserializer(), deadline);
  }

  private static <V> TopicReader<V> open(
      KafkaEndpoint endpoint, List<String> topics, Deserializer<V> values, Deadline deadline)
      throws InterruptedException {
    KafkaConsumer<byte[], V> consumer =
        new KafkaConsumer<>(
            endpoint.properties(TUNING, REQUIRED), new ByteArrayDeserializer(), values);
    boolean opened = false;
    try {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : topics) {
        partitions.addAll(partitionsOf(consumer, endpoint, topic, deadline));
      }
      consumer.assign(partitions);
      TopicReader<V> reader = new TopicReader<>(endpoint, consumer);
      reader.seek(reader.beginnings(deadline));
      opened = true;
      return reader;
    } catch (InterruptException e) {
      throw Interrupts.checked(e);
    } finally {
      if (!opened) {
        close(consumer);
      }
    }
  }

  private static List<TopicPartition> partitionsOf(
      KafkaConsumer<?, ?> consumer, KafkaEndpoint endpoint, String topic, Deadline deadline)
      throws InterruptedException {
    boolean answered = false;
    do {
      // Not partitionsFor: it cannot distinguish a missing topic from a broker that does not
      // answer.
      List<PartitionInfo> found;
      try {
        found = consumer.listTopics(deadline.remaining()).get(topic);
        answered = true;
        if (found == null) {
          // The list omits topics that this client may not see; a request by name reports the
          // missing right.
          found = known(consumer.partitionsFor(topic, deadline.remaining()));
        }
      } catch (TimeoutException e) {
        // The deadline has passed; an answer may have arrived before it.
        break;
      } catch (AuthorizationException | AuthenticationException e) {
        throw MissingRightException.of(e, "DESCRIBE", "topic " + topic, endpoint).orElseThrow();
      }
      if (found != null) {
        return found.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
      }
      Thread.sleep(deadline.remaining(RETRY).toMillis());
    } while (!deadline.isPast());
    throw new DeadlineException(
        "topic "
            + topic
            + (answered
                ? " does not exist, or may not be seen by this client, at " + endpoint + " after "
                : ": no answer from Kafka at " + endpoint + " within ")
            + deadline.allowed()
            + (answered
                ? "; create the contract's topics, or check its name"
                : "; is the broker running, reachable from here, and by this client's security.protocol?"
                    + TlsProblem.hint(endpoint)));
  }

  private static @Nullable List<PartitionInfo> known(@Nullable List<PartitionInfo> found) {
    return found == null || found.isEmpty() ? null : found;
  }

  /**
   * Returns the available records, or waits for some.
   *
   * @throws MissingRightException when this client may not read a topic
   */
  public Iterable<ConsumerRecord<byte[], V>> poll(Duration atMost) throws InterruptedException {
    try {
      return consumer.poll(atMost);
    } catch (InterruptException e) {
      throw Interrupts.checked(e);
    } catch (TopicAuthorizationException e) {
      throw refused(e, "READ", e.unauthorizedTopics());
    } catch (AuthorizationException | AuthenticationException e) {
      throw refused(e, "READ", partitions());
    }
  }

  private MissingRightException refused(KafkaException e, String right, Set<?> on) {
    return MissingRightException.of(e, right, "topics " + on, endpoint).orElseThrow();
  }

  /**
   * Makes the current poll, or else the next one, throw a WakeupException. Safe from any thread.
   */
  void wakeup() {
    consumer.wakeup();
  }

  Set<TopicPartition> partitions() {
    return consumer.assignment();
  }

  void seek(Map<TopicPartition, Long> offsets) {
    offsets.forEach(consumer::seek);
  }

  /** Where each partition begins. */
  Map<TopicPartition, Long> beginnings(Deadline deadline) throws InterruptedException {
    return offsets("beginnings", deadline, consumer::beginningOffsets);
  }

  /** Where each partition ends for a reader of committed records. */
  Map<TopicPartition, Long> ends(Deadline deadline) throws InterruptedException {
    return offsets("ends", deadline, consumer::endOffsets);
  }

  /**
   * When the first record of each partition was appended; a partition without records has no entry.
   */
  Map<TopicPartition, Long> firstTimesMs(Deadline deadline) throws InterruptedException {
    Map<TopicPartition, Long> times = new HashMap<>();
    times(0, deadline).forEach((partition, first) -> times.put(partition, first.timestamp()));
    return times;
  }

  /** The first record of each partition that is not before a time; a partition may have none. */
  private Map<TopicPartition, OffsetAndTimestamp> times(long timeMs, Deadline deadline)
      throws InterruptedException {
    Map<TopicPartition, Long> wanted = new HashMap<>();
    partitions().forEach(partition -> wanted.put(partition, timeMs));
    try {
      Map<TopicPartition, OffsetAndTimestamp> found =
          new HashMap<>(consumer.offsetsForTimes(wanted, deadline.remaining()));
      found.values().removeIf(Objects::isNull);
      return found;
    } catch (TimeoutException e) {
      throw new DeadlineException(
          "first records of "
              + partitions()
              + ": no answer from Kafka within "
              + deadline.allowed(),
          e);
    } catch (AuthorizationException | AuthenticationException e) {
      throw refused(e, "DESCRIBE", partitions());
    } catch (InterruptException e) {
      throw Interrupts.checked(e);
    }
  }

  /**
   * Where the records of a time and later begin; the end of a partition that has none yet.
   *
   * @param timeMs Unix milliseconds
   */
  Map<TopicPartition, Long> since(long timeMs, Deadline deadline) throws InterruptedException {
    // Before the others: what comes between the two questions is not passed over.
    Map<TopicPartition, Long> since = ends(deadline);
    times(timeMs, deadline).forEach((partition, first) -> since.put(partition, first.offset()));
    return since;
  }

  private Map<TopicPartition, Long> offsets(
      String which,
      Deadline deadline,
      BiFunction<Set<TopicPartition>, Duration, Map<TopicPartition, Long>> lookup)
      throws InterruptedException {
    try {
      return lookup.apply(partitions(), deadline.remaining());
    } catch (TimeoutException e) {
      throw new DeadlineException(
          which + " of " + partitions() + ": no answer from Kafka within " + deadline.allowed(), e);
    } catch (AuthorizationException | AuthenticationException e) {
      throw refused(e, "DESCRIBE", partitions());
    } catch (InterruptException e) {
      throw Interrupts.checked(e);
    }
  }

  /** Offset of the next record of each partition. */
  Map<TopicPartition, Long> positions() {
    Map<TopicPartition, Long> positions = new HashMap<>();
    partitions().forEach(partition -> positions.put(partition, consumer.position(partition)));
    return positions;
  }

  boolean isPast(Map<TopicPartition, Long> offsets) {
    return offsets.entrySet().stream()
        .allMatch(entry -> consumer.position(entry.getKey()) >= entry.getValue());
  }

  @Override
  public void close() {
    close(consumer);
  }

  private static void close(KafkaConsumer<?, ?> consumer) {
    // Without a group there is nothing to hand over. A longer close would wait for the current
    // fetch.
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }
}

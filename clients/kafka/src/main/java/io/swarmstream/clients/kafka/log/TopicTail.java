package io.swarmstream.clients.kafka.log;

import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.SeldomWarning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows all topics that match, from their beginnings, those that are created later too. Survives
 * outages of Kafka: it reads on from where it was. One thread of its own calls the reader.
 */
public final class TopicTail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration ASK = Duration.ofSeconds(10);
  private static final long RETRY_MS = 1_000;
  private static final long CLOSE_MS = 5_000;

  private static final Map<String, String> TUNING =
      Map.of("reconnect.backoff.max.ms", "1000", "fetch.max.bytes", Integer.toString(4 << 20));

  private static final Map<String, String> REQUIRED =
      Map.of(
          "isolation.level", "read_committed",
          "enable.auto.commit", "false",
          "auto.offset.reset", "earliest",
          "allow.auto.create.topics", "false");

  private final KafkaEndpoint endpoint;
  private final Predicate<String> topics;
  private final Duration discovery;
  private final Reader reader;
  private final SeldomWarning warning = new SeldomWarning(LOG);
  private final Set<TopicPartition> assigned = new HashSet<>();
  private final HashMap<TopicPartition, Long> positions = new HashMap<>();
  private final Thread thread = new Thread(this::run, "topic-tail");
  private volatile boolean closed;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
  private volatile @Nullable String problem = "Kafka has not been asked yet";

  /** Gets the records in the order of each partition. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Takes a record.
     *
     * @param key null where there is none
     * @param value null where a compacted topic deletes the key
     * @param timestampMs when it was written, Unix milliseconds
     */
    void accept(String topic, byte @Nullable [] key, byte @Nullable [] value, long timestampMs);
  }

  private TopicTail(
      KafkaEndpoint endpoint, Predicate<String> topics, Duration discovery, Reader reader) {
    this.endpoint = endpoint;
    this.topics = topics;
    this.discovery = discovery;
    this.reader = reader;
  }

  /**
   * Starts to follow topics.
   *
   * @param discovery how often to look for new topics
   */
  public static TopicTail start(
      KafkaEndpoint endpoint, Predicate<String> topics, Duration discovery, Reader reader) {
    TopicTail tail = new TopicTail(endpoint, topics, discovery, reader);
    tail.thread.setDaemon(true);
    tail.thread.start();
    return tail;
  }

  /** What keeps it from reading at present; empty when nothing does. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  private void run() {
    while (!closed) {
      try (KafkaConsumer<byte[], byte[]> opened =
          new KafkaConsumer<>(
              endpoint.properties(TUNING, REQUIRED),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer())) {
        consumer = opened;
        assigned.clear();
        follow(opened);
        opened.close(CloseOptions.timeout(Duration.ZERO));
      } catch (WakeupException | InterruptException e) {
        Thread.interrupted();
      } catch (KafkaException e) {
        problem = "Kafka at " + endpoint + " cannot be read: " + e.getMessage();
        warning.say(String.valueOf(problem));
        pause();
      }
    }
  }

  private void follow(KafkaConsumer<byte[], byte[]> opened) {
    long nextDiscovery = System.nanoTime();
    while (!closed) {
      if (System.nanoTime() - nextDiscovery >= 0) {
        discover(opened);
        nextDiscovery = System.nanoTime() + discovery.toNanos();
      }
      if (assigned.isEmpty()) {
        pause();
        continue;
      }
      for (ConsumerRecord<byte[], byte[]> next : opened.poll(POLL)) {
        reader.accept(next.topic(), next.key(), next.value(), next.timestamp());
        positions.put(new TopicPartition(next.topic(), next.partition()), next.offset() + 1);
      }
    }
  }

  private void discover(KafkaConsumer<byte[], byte[]> opened) {
    List<TopicPartition> found = new ArrayList<>();
    opened
        .listTopics(ASK)
        .forEach(
            (topic, partitions) -> {
              if (topics.test(topic)) {
                partitions.forEach(
                    partition -> found.add(new TopicPartition(topic, partition.partition())));
              }
            });
    problem = null;
    if (assigned.addAll(found)) {
      Map<TopicPartition, Long> known = Map.copyOf(positions);
      opened.assign(assigned);
      List<TopicPartition> fresh = new ArrayList<>(assigned);
      fresh.removeAll(known.keySet());
      opened.seekToBeginning(fresh);
      known.forEach(
          (partition, position) -> {
            if (assigned.contains(partition)) {
              opened.seek(partition, position);
            }
          });
    }
  }

  private void pause() {
    try {
      Thread.sleep(RETRY_MS);
    } catch (InterruptedException e) {
      // Closing; the loop sees it.
    }
  }

  @Override
  public void close() {
    closed = true;
    KafkaConsumer<byte[], byte[]> open = consumer;
    if (open != null) {
      open.wakeup();
    }
    thread.interrupt();
    try {
      thread.join(CLOSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.swarmstream.clients.kafka.log;

import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.SeldomWarning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows all topics that match, those that are created later too. Survives outages of Kafka: it
 * reads on from where it was. One thread of its own calls the reader.
 */
public final class TopicTail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration ASK = Duration.ofSeconds(10);
  private static final long RETRY_MS = 1_000;

  /** How long a topic that may not be read is left out. */
  private static final Duration FORBIDDEN = Duration.ofSeconds(5);

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

  /** Topics that may not be read, and when to try them again. */
  private final Map<String, Instant> forbidden = new HashMap<>();

  private final Thread thread = new Thread(this::run, "topic-tail");
  private volatile boolean closed;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
  private volatile @Nullable String problem = "Kafka has not been asked yet";

  /** Gets the records in the order of each partition. One thread calls all of it. */
  public interface Reader {
    /**
     * Where to begin with a partition that this tail has not read yet.
     *
     * @param topicId another one when a topic of the same name was deleted before
     */
    default Start start(String topic, String topicId, int partition) {
      return Start.BEGINNING;
    }

    /** Takes a record; its value is null where a compacted topic deletes the key. */
    void accept(ConsumerRecord<byte[], byte[]> next);

    /** All that has arrived was passed on; a good moment to store it. */
    default void passedOn() {}
  }

  /**
   * Where to begin with a partition.
   *
   * @param offset to begin at; where Kafka has no such offset, its beginning counts; -1: none
   * @param newest how many of the newest records to read when there is no offset; -1: all
   */
  public record Start(long offset, long newest) {
    public static final Start BEGINNING = new Start(-1, -1);

    public static Start at(long offset) {
      return new Start(offset, -1);
    }

    public static Start newest(long records) {
      return new Start(-1, records);
    }
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
      } catch (TopicAuthorizationException e) {
        // The others are read on without it; its right may be on its way.
        Instant again = Instant.now().plus(FORBIDDEN);
        e.unauthorizedTopics().forEach(topic -> forbidden.put(topic, again));
        problem = "Kafka at " + endpoint + " does not let us read " + e.unauthorizedTopics();
        warning.say(String.valueOf(problem));
      } catch (KafkaException e) {
        problem = "Kafka at " + endpoint + " cannot be read: " + e.getMessage();
        warning.say(String.valueOf(problem));
        pause();
      } catch (RuntimeException e) {
        // The reader has failed. It may have lost what it took, so it says again where to begin.
        problem = String.valueOf(e.getMessage());
        warning.say(String.valueOf(problem));
        positions.clear();
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
        problem = null;
        pause();
        continue;
      }
      for (ConsumerRecord<byte[], byte[]> next : opened.poll(POLL)) {
        reader.accept(next);
        positions.put(new TopicPartition(next.topic(), next.partition()), next.offset() + 1);
      }
      reader.passedOn();
      problem = null;
    }
  }

  private void discover(KafkaConsumer<byte[], byte[]> opened) {
    List<TopicPartition> found = new ArrayList<>();
    forbidden.values().removeIf(Instant.now()::isAfter);
    opened
        .listTopics(ASK)
        .forEach(
            (topic, partitions) -> {
              if (topics.test(topic) && !forbidden.containsKey(topic)) {
                partitions.forEach(
                    partition -> found.add(new TopicPartition(topic, partition.partition())));
              }
            });
    if (assigned.addAll(found)) {
      opened.assign(assigned);
      Set<TopicPartition> fresh = new HashSet<>(assigned);
      fresh.removeAll(positions.keySet());
      Map<String, String> ids = ids(fresh);
      fresh.forEach(
          partition ->
              begin(
                  opened,
                  partition,
                  reader.start(
                      partition.topic(),
                      ids.getOrDefault(partition.topic(), ""),
                      partition.partition())));
      positions.forEach(
          (partition, position) -> {
            if (assigned.contains(partition)) {
              opened.seek(partition, position);
            }
          });
    }
  }

  private static void begin(
      KafkaConsumer<byte[], byte[]> opened, TopicPartition partition, Start start) {
    List<TopicPartition> one = List.of(partition);
    if (start.offset() >= 0) {
      opened.seek(partition, start.offset());
    } else if (start.newest() >= 0) {
      long end = opened.endOffsets(one, ASK).getOrDefault(partition, 0L);
      opened.seek(partition, Math.max(0, end - start.newest()));
    } else {
      opened.seekToBeginning(one);
    }
  }

  private Map<String, String> ids(Set<TopicPartition> partitions) {
    Set<String> names = new HashSet<>();
    partitions.forEach(partition -> names.add(partition.topic()));
    Map<String, String> ids = new HashMap<>();
    try (Admin admin = endpoint.admin(ASK)) {
      admin
          .describeTopics(names)
          .allTopicNames()
          .get()
          .forEach((name, topic) -> ids.put(name, topic.topicId().toString()));
    } catch (ExecutionException e) {
      throw new KafkaException("topics cannot be described: " + e.getCause(), e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
    return ids;
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

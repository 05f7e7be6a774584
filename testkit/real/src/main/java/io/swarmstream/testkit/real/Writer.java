package io.swarmstream.testkit.real;

import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.SignatureHeader;
import io.swarmstream.schemas.wire.OutboundRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes records in manual transactions, as the job does. */
public final class Writer implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final KafkaProducer<String, byte[]> producer;
  private final Admin admin;

  /** Partitions that hold the records of the newest transaction. */
  private final Set<TopicPartition> written = ConcurrentHashMap.newKeySet();

  public Writer(KafkaEndpoint endpoint) {
    admin = Admin.create(endpoint.properties(Map.of(), Map.of()));
    producer =
        new KafkaProducer<>(
            endpoint.properties(
                Map.of(), Map.of("transactional.id", "writer-" + UUID.randomUUID())),
            new StringSerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
  }

  /** Opens a transaction with the records and leaves it open. */
  public void begin(List<OutboundRecord> records) {
    producer.beginTransaction();
    written.clear();
    for (OutboundRecord record : records) {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  record.topic(),
                  null,
                  record.timestampMs(),
                  record.key(),
                  record.value(),
                  SignatureHeader.of(record)),
              (stands, failure) -> {
                if (failure == null) {
                  written.add(new TopicPartition(stands.topic(), stands.partition()));
                }
              });
    }
    producer.flush();
  }

  /**
   * Commits, and returns when readers of committed records see the records: the broker writes the
   * end of a transaction to its partitions only after it has answered the producer.
   */
  public void commit() {
    producer.commitTransaction();
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!ends(IsolationLevel.READ_COMMITTED).equals(ends(IsolationLevel.READ_UNCOMMITTED))) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "a transaction in " + written + " is open " + DEADLINE.toSeconds() + " s after commit");
      }
    }
  }

  private Map<TopicPartition, Long> ends(IsolationLevel level) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    written.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(latest, new ListOffsetsOptions(level))
        .all()
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .forEach((partition, found) -> ends.put(partition, found.offset()));
    return ends;
  }

  public void abort() {
    producer.abortTransaction();
  }

  public void commit(List<OutboundRecord> records) {
    begin(records);
    commit();
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}

package io.swarmstream.clients.kafka.log;

import io.swarmstream.clients.kafka.KafkaEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads single records whose place is known. */
public final class StoredRecord {
  private StoredRecord() {}

  /**
   * The value of a record; empty when compaction has removed it, or it did not arrive in time.
   *
   * @throws org.apache.kafka.common.KafkaException when Kafka refuses
   */
  public static Optional<byte[]> at(
      KafkaEndpoint endpoint, String topic, int partition, long offset, Duration allowed) {
    TopicPartition place = new TopicPartition(topic, partition);
    String millis = Long.toString(allowed.toMillis());
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            endpoint.properties(
                Map.of(),
                Map.of(
                    "isolation.level", "read_committed",
                    "enable.auto.commit", "false",
                    "auto.offset.reset", "none",
                    "max.poll.records", "1",
                    "default.api.timeout.ms", millis,
                    "allow.auto.create.topics", "false")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    try {
      consumer.assign(List.of(place));
      consumer.seek(place, offset);
      long end = System.nanoTime() + allowed.toNanos();
      while (System.nanoTime() < end) {
        for (ConsumerRecord<byte[], byte[]> next : consumer.poll(Duration.ofMillis(200))) {
          return next.offset() == offset ? Optional.ofNullable(next.value()) : Optional.empty();
        }
      }
      return Optional.empty();
    } finally {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
  }
}

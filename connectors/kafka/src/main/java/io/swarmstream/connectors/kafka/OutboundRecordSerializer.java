package io.swarmstream.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.clients.kafka.RecordPartition;
import io.swarmstream.clients.kafka.SignatureHeader;
import io.swarmstream.schemas.wire.ModelKeys;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Sends a record unchanged to the topic that it names. */
final class OutboundRecordSerializer
    implements KafkaRecordSerializationSchema<OutboundRecord>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1L;

  /**
   * Where a restarted sink looks for transactions that it left open: every topic it may write to.
   */
  private static final Pattern ANY_TOPIC =
      Pattern.compile(
          Arrays.stream(Topic.values())
              .map(topic -> topic.ofAnyContract().pattern())
              .collect(Collectors.joining("|")));

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      OutboundRecord record, KafkaSinkContext context, Long timestamp) {
    // Ignores Flink's timestamp: after a window, the broker may reject it, and most topics use the
    // broker's time anyway.
    return new ProducerRecord<>(
        record.topic(),
        partition(record, context),
        record.timestampMs(),
        record.key().getBytes(UTF_8),
        record.value(),
        SignatureHeader.of(record));
  }

  /** Null: where the producer puts its key. */
  private static @Nullable Integer partition(OutboundRecord record, KafkaSinkContext context) {
    return ModelKeys.partitionKey(record.key()).equals(record.key())
        ? null
        : RecordPartition.of(record.key(), context.getPartitionsForTopic(record.topic()).length);
  }

  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    return Optional.of(
        new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofPattern(ANY_TOPIC)));
  }
}

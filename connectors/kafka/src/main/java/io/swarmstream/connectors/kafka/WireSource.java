package io.swarmstream.connectors.kafka;

import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.TopicExtent;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.common.TopicPartition;

/**
 * Builds the Flink source of one kind of topic, for all contracts: existing ones and those created
 * while the job runs. A contract is included once all its topics exist.
 *
 * <p>A fresh job reads each topic from its beginning; a job with a checkpoint resumes from it. Each
 * checkpoint also commits the offsets to the group, only so that operators can monitor the lag; the
 * source never reads them back.
 */
public final class WireSource {
  /**
   * Fetches are large, because records are near 1 MiB, and bounded, because a reader holds up to
   * two.
   */
  private static final Map<String, String> TUNING =
      Map.of(
          "max.partition.fetch.bytes", Integer.toString(4 << 20),
          "fetch.max.bytes", Integer.toString(16 << 20));

  private final KafkaEndpoint endpoint;
  private final Topic topic;
  private String groupId = "swarmstream";
  private Duration discoveryInterval = Duration.ofSeconds(10);

  private WireSource(KafkaEndpoint endpoint, Topic topic) {
    this.endpoint = endpoint;
    this.topic = topic;
  }

  public static WireSource of(KafkaEndpoint endpoint, Topic topic) {
    return new WireSource(endpoint, topic);
  }

  /** Sets the consumer group to which the offsets are committed. */
  public WireSource groupId(String newGroupId) {
    groupId = newGroupId;
    return this;
  }

  /**
   * Sets how often the source looks for new topics: the longest that a new contract waits for its
   * first round.
   */
  public WireSource discoveryInterval(Duration newDiscoveryInterval) {
    discoveryInterval = newDiscoveryInterval;
    return this;
  }

  /**
   * Builds a source of one topic as it was at one moment. The source ends where the topic ended
   * then, and leaves nothing at the broker.
   */
  public static KafkaSource<InboundRecord> bounded(KafkaEndpoint endpoint, TopicExtent extent) {
    Map<TopicPartition, Long> ends = new HashMap<>();
    extent
        .partitions()
        .forEach(
            partition ->
                ends.put(
                    new TopicPartition(extent.topic(), partition.partition()),
                    partition.endOffset()));
    Map<String, String> required =
        Map.of(
            "isolation.level", "read_committed",
            "allow.auto.create.topics", "false",
            "commit.offsets.on.checkpoint", "false",
            "partition.discovery.interval.ms", "-1");
    return KafkaSource.<InboundRecord>builder()
        .setProperties(endpoint.toProperties(TUNING, required))
        .setBootstrapServers(endpoint.bootstrapServers())
        .setPartitions(new HashSet<>(ends.keySet()))
        .setClientIdPrefix("replay-" + extent.topic())
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setBounded(OffsetsInitializer.offsets(ends))
        .setDeserializer(new InboundRecordDeserializer())
        .build();
  }

  /** Builds the source. */
  public KafkaSource<InboundRecord> build() {
    if (groupId.isBlank()) {
      throw new IllegalArgumentException("groupId is empty; offsets are committed to a group");
    }
    if (discoveryInterval.toMillis() < 1) {
      throw new IllegalArgumentException(
          "discoveryInterval is "
              + discoveryInterval
              + "; without at least 1 ms new contracts would never be seen");
    }
    Map<String, String> required =
        Map.of(
            "isolation.level", "read_committed",
            "allow.auto.create.topics", "false",
            "partition.discovery.interval.ms", Long.toString(discoveryInterval.toMillis()));
    return KafkaSource.<InboundRecord>builder()
        .setProperties(endpoint.toProperties(TUNING, required))
        .setBootstrapServers(endpoint.bootstrapServers())
        .setKafkaSubscriber(new CompleteContracts(topic))
        .setGroupId(groupId)
        .setClientIdPrefix(groupId + "-" + topic.name())
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setDeserializer(new InboundRecordDeserializer())
        .build();
  }
}

package io.swarmstream.kafka;

import io.swarmstream.schemas.Topic;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetIdentifierProvider;
import org.apache.flink.connector.kafka.source.enumerator.subscriber.KafkaSubscriber;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Subscribes to one kind of topic of those contracts that have all of theirs. A job that took up a
 * contract without, say, a rejections topic would fail on its first rejection, and with it every
 * other contract.
 */
final class CompleteContracts implements KafkaSubscriber, KafkaDatasetIdentifierProvider {
  private static final long serialVersionUID = 1L;

  private final Topic kind;

  CompleteContracts(Topic kind) {
    this.kind = kind;
  }

  @Override
  public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient admin) {
    try {
      return partitions(admin.describeTopics(complete(admin.listTopics().names().get())));
    } catch (ExecutionException e) {
      throw new IllegalStateException("topics " + kind + " cannot be listed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while listing topics " + kind, e);
    }
  }

  /** The topics of this kind whose contracts have one of each. */
  List<String> complete(Set<String> names) {
    return names.stream()
        .filter(
            name ->
                kind.contract(name)
                    .filter(
                        contract ->
                            Arrays.stream(Topic.values())
                                .allMatch(topic -> names.contains(topic.of(contract))))
                    .isPresent())
        .toList();
  }

  private static Set<TopicPartition> partitions(DescribeTopicsResult described)
      throws ExecutionException, InterruptedException {
    Set<TopicPartition> partitions = new HashSet<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
        described.topicNameValues().entrySet()) {
      try {
        topic
            .getValue()
            .get()
            .partitions()
            .forEach(p -> partitions.add(new TopicPartition(topic.getKey(), p.partition())));
      } catch (ExecutionException e) {
        // Deleted since it was listed, or not yet known to the broker that was asked.
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    return partitions;
  }

  @Override
  public Optional<DefaultKafkaDatasetIdentifier> getDatasetIdentifier() {
    return Optional.of(DefaultKafkaDatasetIdentifier.ofPattern(kind.ofAnyContract()));
  }
}

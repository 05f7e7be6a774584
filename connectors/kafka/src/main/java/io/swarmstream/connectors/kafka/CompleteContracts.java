package io.swarmstream.connectors.kafka;

import io.swarmstream.clients.kafka.TopicRights;
import io.swarmstream.schemas.wire.Topic;
import java.util.EnumSet;
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
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Subscribes to one kind of topic, for those contracts that have all topics that each has. If a job
 * served a contract without, say, a rejections topic, its first rejection would fail the job and
 * with it every other contract.
 */
final class CompleteContracts implements KafkaSubscriber, KafkaDatasetIdentifierProvider {
  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(CompleteContracts.class);
  private static final Set<AclOperation> READ = EnumSet.of(AclOperation.READ);

  private final Topic kind;

  /** Contracts already reported. */
  private final HashSet<String> passedOver = new HashSet<>();

  CompleteContracts(Topic kind) {
    this.kind = kind;
  }

  @Override
  public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient admin) {
    try {
      Set<String> names = admin.listTopics().names().get();
      return partitions(admin.describeTopics(complete(names), TopicRights.WITH_RIGHTS));
    } catch (ExecutionException e) {
      throw new IllegalStateException("topics " + kind + " cannot be listed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while listing topics " + kind, e);
    }
  }

  /** The topics of this kind whose contracts have one topic of each kind. */
  List<String> complete(Set<String> names) {
    return names.stream()
        .filter(
            name ->
                kind.contract(name)
                    .filter(
                        contract ->
                            Topic.always().stream()
                                .allMatch(topic -> names.contains(topic.of(contract))))
                    .isPresent())
        .toList();
  }

  private Set<TopicPartition> partitions(DescribeTopicsResult described)
      throws ExecutionException, InterruptedException {
    Set<TopicPartition> partitions = new HashSet<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
        described.topicNameValues().entrySet()) {
      try {
        TopicDescription description = topic.getValue().get();
        if (!isReadable(description)) {
          continue;
        }
        description
            .partitions()
            .forEach(p -> partitions.add(new TopicPartition(topic.getKey(), p.partition())));
      } catch (ExecutionException e) {
        // Deleted since it was listed, not yet known to the broker that was asked, or no longer
        // visible to this client.
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException
            || e.getCause() instanceof TopicAuthorizationException)) {
          throw e;
        }
      }
    }
    return partitions;
  }

  /** Excludes contracts of other jobs, which may be visible here but must not be read. */
  private boolean isReadable(TopicDescription topic) {
    boolean readable = TopicRights.lacking(topic, READ).isEmpty();
    if (readable) {
      passedOver.remove(topic.name());
    } else if (passedOver.add(topic.name())) {
      LOG.warn(
          "Topic {} is passed over: this job may not READ it. Grant it that, if the contract is to be served.",
          topic.name());
    }
    return readable;
  }

  @Override
  public Optional<DefaultKafkaDatasetIdentifier> getDatasetIdentifier() {
    return Optional.of(DefaultKafkaDatasetIdentifier.ofPattern(kind.ofAnyContract()));
  }
}

package io.swarmstream.clients.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the broker what this client may do with topics. Asked in advance, because a Flink job that
 * discovers a missing right by failing stops all its contracts.
 */
public final class TopicRights {
  /** Makes the broker report the client's rights on each described topic. */
  public static final DescribeTopicsOptions WITH_RIGHTS =
      new DescribeTopicsOptions().includeAuthorizedOperations(true);

  private TopicRights() {}

  /**
   * Checks that topics can be read.
   *
   * @throws MissingRightException naming each right that is missing
   * @throws DeadlineException when no broker answers in time
   */
  public static void requireRead(KafkaEndpoint endpoint, List<String> topics, Duration deadline)
      throws InterruptedException {
    Map<String, Set<AclOperation>> needed = new TreeMap<>();
    topics.forEach(topic -> needed.put(topic, EnumSet.of(AclOperation.READ)));
    try (Admin admin = endpoint.admin(deadline)) {
      require(admin.describeTopics(topics, WITH_RIGHTS).allTopicNames().get(), needed, endpoint);
    } catch (ExecutionException e) {
      throw MissingRightException.of(e, "DESCRIBE", "topics " + topics, endpoint)
          .<RuntimeException>map(refused -> refused)
          .orElseGet(
              () ->
                  e.getCause() instanceof RetriableException late
                      ? new DeadlineException(
                          "topics "
                              + topics
                              + ": no answer from Kafka at "
                              + endpoint
                              + " within "
                              + deadline.toMillis()
                              + " ms: "
                              + late.getMessage()
                              + TlsProblem.hint(endpoint),
                          late)
                      : new IllegalStateException(
                          "topics " + topics + " cannot be described at " + endpoint,
                          e.getCause()));
    }
  }

  /** Throws if operations are missing, and names all of them. */
  static void require(
      Map<String, TopicDescription> described,
      Map<String, Set<AclOperation>> needed,
      KafkaEndpoint endpoint) {
    List<String> missing = new ArrayList<>();
    needed.forEach(
        (topic, operations) -> {
          Set<AclOperation> lacking =
              lacking(Optional.ofNullable(described.get(topic)).orElseThrow(), operations);
          if (!lacking.isEmpty()) {
            missing.add(
                lacking.stream().map(Enum::name).collect(Collectors.joining(", "))
                    + " topic "
                    + topic);
          }
        });
    if (!missing.isEmpty()) {
      throw new MissingRightException(
          MissingRightException.message(String.join(", ", missing), endpoint));
    }
  }

  /** Returns the operations that the client may not perform. */
  public static Set<AclOperation> lacking(
      TopicDescription described, Set<AclOperation> operations) {
    @Nullable Set<AclOperation> allowed = described.authorizedOperations();
    if (allowed == null) {
      return Set.of(); // the broker does not report rights
    }
    Set<AclOperation> lacking = EnumSet.copyOf(operations);
    lacking.removeAll(allowed);
    return lacking;
  }
}

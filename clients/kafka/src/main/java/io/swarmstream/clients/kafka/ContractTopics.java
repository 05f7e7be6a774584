package io.swarmstream.clients.kafka;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.wire.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Creates and checks the topics of a training contract. */
public final class ContractTopics {
  private static final long RETRY_MILLIS = 20;

  private final KafkaEndpoint endpoint;
  private final TopicOptions options;

  public ContractTopics(KafkaEndpoint endpoint, TopicOptions options) {
    this.endpoint = endpoint;
    this.options = options;
  }

  /**
   * Creates the contract's missing topics and checks the existing ones. Returns when the broker
   * knows all of them. Idempotent, and safe to call from several places at once.
   *
   * @throws DeadlineException when no broker answers in time
   * @throws MissingRightException when this client may not create a topic, or not see its settings
   * @throws IllegalStateException when a topic cannot be created, or exists with settings that lose
   *     records or make readers misread them; the message names all of them
   */
  public void create(String contract, Duration deadline) throws InterruptedException {
    create(contract, Topic.always(), deadline);
  }

  /** Does the same for the topics of these kinds. */
  public void create(String contract, Set<Topic> kinds, Duration deadline)
      throws InterruptedException {
    prepare(contract, kinds, deadline, Map.of());
  }

  /**
   * Does the same for the job that serves the contract, and also checks that the job has the rights
   * it needs on each topic. Otherwise the job would discover a missing right by failing, together
   * with all its contracts.
   *
   * @throws MissingRightException naming the rights that are missing
   */
  public void createForJob(String contract, Set<Topic> kinds, Duration deadline)
      throws InterruptedException {
    Map<String, Set<AclOperation>> needed = new TreeMap<>();
    for (Topic topic : kinds) {
      needed.put(topic.of(contract), neededByJob(topic));
    }
    prepare(contract, kinds, deadline, needed);
  }

  private static Set<AclOperation> neededByJob(Topic topic) {
    return switch (topic) {
      case DELTAS, SITES -> EnumSet.of(AclOperation.DESCRIBE, AclOperation.READ);
      case REJECTIONS, UPDATES -> EnumSet.of(AclOperation.DESCRIBE, AclOperation.WRITE);
      case MODELS, ROUNDS, OPTIMIZER ->
          EnumSet.of(AclOperation.DESCRIBE, AclOperation.READ, AclOperation.WRITE);
    };
  }

  private void prepare(
      String contract, Set<Topic> kinds, Duration deadline, Map<String, Set<AclOperation>> rights)
      throws InterruptedException {
    ContractTerms.checkName(contract);
    try (Admin admin = endpoint.admin(deadline)) {
      List<Topic> existing = createMissing(admin, contract, kinds, deadline);
      Map<String, TopicDescription> descriptions = awaitAll(admin, contract, kinds, deadline);
      TopicRights.require(descriptions, rights, endpoint);
      List<String> faults = new ArrayList<>();
      for (Topic topic : existing) {
        String name = topic.of(contract);
        int partitions =
            Optional.ofNullable(descriptions.get(name)).orElseThrow().partitions().size();
        int needed = TopicSettings.requiredPartitions(topic).orElse(partitions);
        if (partitions != needed) {
          faults.add(name + " has " + partitions + " partitions, needed is " + needed);
        }
        faults.addAll(wrongSettings(admin, topic, name, deadline));
      }
      if (!faults.isEmpty()) {
        throw new IllegalStateException(
            "contract "
                + contract
                + " has topics at "
                + endpoint
                + " that it cannot use; alter or delete them: "
                + String.join("; ", faults));
      }
    }
  }

  /**
   * Returns the topics that already existed. It does not try to create those, because a client that
   * only uses them may lack the right to create.
   */
  private List<Topic> createMissing(
      Admin admin, String contract, Set<Topic> kinds, Duration deadline)
      throws InterruptedException {
    List<Topic> existing = existing(admin, contract, kinds, deadline);
    Map<Topic, NewTopic> wanted = new EnumMap<>(Topic.class);
    for (Topic topic : kinds) {
      if (!existing.contains(topic)) {
        wanted.put(
            topic,
            new NewTopic(
                    topic.of(contract),
                    TopicSettings.partitions(topic, options),
                    (short) options.replicationFactor())
                .configs(TopicSettings.of(topic, options)));
      }
    }
    Map<String, KafkaFuture<Void>> created = admin.createTopics(wanted.values()).values();
    for (Topic topic : wanted.keySet()) {
      String name = topic.of(contract);
      if (!succeeds(
          created.get(name),
          TopicExistsException.class,
          "CREATE",
          name + " cannot be created",
          deadline)) {
        existing.add(topic); // another client created it first
      }
    }
    return existing;
  }

  private List<Topic> existing(Admin admin, String contract, Set<Topic> kinds, Duration deadline)
      throws InterruptedException {
    List<String> names = names(contract, kinds);
    Map<String, KafkaFuture<TopicDescription>> known =
        admin.describeTopics(names).topicNameValues();
    List<Topic> existing = new ArrayList<>();
    for (Topic topic : kinds) {
      String name = topic.of(contract);
      if (succeeds(
          known.get(name),
          UnknownTopicOrPartitionException.class,
          "DESCRIBE",
          name + " cannot be looked for",
          deadline)) {
        existing.add(topic);
      }
    }
    return existing;
  }

  /** Whether the call succeeds; false when it fails in the expected way. */
  private boolean succeeds(
      @Nullable KafkaFuture<?> future,
      Class<? extends Exception> mayFail,
      String right,
      String otherwise,
      Duration deadline)
      throws InterruptedException {
    try {
      Optional.ofNullable(future).orElseThrow().get();
      return true;
    } catch (ExecutionException e) {
      if (mayFail.isInstance(e.getCause())) {
        return false;
      }
      throw failure("topic " + otherwise, right, deadline, e);
    }
  }

  private static List<String> names(String contract, Set<Topic> kinds) {
    return kinds.stream().map(topic -> topic.of(contract)).toList();
  }

  /** Waits, because the controller reports a topic as created before every broker knows it. */
  private Map<String, TopicDescription> awaitAll(
      Admin admin, String contract, Set<Topic> kinds, Duration deadline)
      throws InterruptedException {
    List<String> names = names(contract, kinds);
    long endNanos = System.nanoTime() + deadline.toNanos();
    while (true) {
      try {
        return admin.describeTopics(names, TopicRights.WITH_RIGHTS).allTopicNames().get();
      } catch (ExecutionException e) {
        boolean unknown = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!unknown || System.nanoTime() > endNanos) {
          throw failure(
              "topics of contract " + contract + " cannot be seen", "DESCRIBE", deadline, e);
        }
        Thread.sleep(RETRY_MILLIS);
      }
    }
  }

  private List<String> wrongSettings(Admin admin, Topic topic, String name, Duration deadline)
      throws InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    Config config;
    try {
      Map<ConfigResource, Config> all = admin.describeConfigs(List.of(resource)).all().get();
      config = Optional.ofNullable(all.get(resource)).orElseThrow();
    } catch (ExecutionException e) {
      throw failure(
          "settings of topic " + name + " cannot be read", "DESCRIBE_CONFIGS", deadline, e);
    }
    List<String> wrong = new ArrayList<>();
    TopicSettings.required(topic)
        .forEach(
            (setting, value) -> {
              String actual = config.get(setting).value();
              if (!actual.equals(value)) {
                wrong.add(name + " has " + setting + "=" + actual + ", needed is " + value);
              }
            });
    return wrong;
  }

  private RuntimeException failure(
      String what, String right, Duration deadline, ExecutionException e) {
    Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
    Optional<MissingRightException> refused =
        MissingRightException.of(cause, right, "(" + what + ")", endpoint);
    if (refused.isPresent()) {
      return refused.get();
    }
    return cause instanceof RetriableException || cause instanceof InvalidReplicationFactorException
        ? new DeadlineException(
            what
                + ": Kafka at "
                + endpoint
                + " did not do it within "
                + deadline.toMillis()
                + " ms; are enough brokers running, and reachable from here? "
                + cause.getMessage()
                + TlsProblem.hint(endpoint),
            cause)
        : new IllegalStateException(what + " at " + endpoint + ": " + cause.getMessage(), cause);
  }
}

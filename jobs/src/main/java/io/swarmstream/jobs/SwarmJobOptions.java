package io.swarmstream.jobs;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.chain.SigningKey;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.TopicOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * All that the job needs to know.
 *
 * @param id names this job among the jobs of a Kafka cluster: its consumer group, its transactions,
 *     its name in Flink
 * @param topics settings of the topics that it creates for new contracts
 * @param coordinatorKey key of the account that anchors rounds
 * @param checkpointInterval between checkpoints that no round asks for: how much of the log is read
 *     again after a crash
 * @param discoveryInterval how often Kafka is asked for topics of new contracts
 * @param checkpointDirectory URI of the folder for checkpoints; empty: the cluster's configuration
 *     says it
 */
public record SwarmJobOptions(
    String id,
    KafkaEndpoint kafka,
    TopicOptions topics,
    ChainOptions chain,
    SigningKey coordinatorKey,
    Duration checkpointInterval,
    Duration discoveryInterval,
    Optional<String> checkpointDirectory) {

  public static final String DEFAULT_ID = "swarmstream";
  public static final Duration DEFAULT_CHECKPOINT_INTERVAL = Duration.ofSeconds(5);
  public static final Duration DEFAULT_DISCOVERY_INTERVAL = Duration.ofSeconds(5);

  public SwarmJobOptions {
    if (!id.matches("[a-zA-Z0-9_-]{1,100}")) {
      throw new IllegalArgumentException(
          "id \"" + id + "\" has to be 1 to 100 letters, digits, underscores and dashes");
    }
    if (checkpointInterval.toMillis() < 10) {
      throw new IllegalArgumentException(
          "checkpointInterval is " + checkpointInterval + "; at least 10 ms");
    }
    if (discoveryInterval.toMillis() < 10) {
      throw new IllegalArgumentException(
          "discoveryInterval is " + discoveryInterval + "; at least 10 ms");
    }
  }
}

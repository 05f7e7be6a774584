package io.swarmstream.jobs;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.chain.SigningKey;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.TopicOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * The options of the main job.
 *
 * @param id names this job among the jobs of a Kafka cluster: its consumer group, its transactions,
 *     its name in Flink
 * @param topics settings of the topics that the job creates for new contracts
 * @param coordinatorKey key of the account that anchors rounds
 * @param checkpointDirectory URI of the folder for checkpoints; empty: that of the cluster's
 *     configuration
 */
public record SwarmJobOptions(
    String id,
    KafkaEndpoint kafka,
    TopicOptions topics,
    ChainOptions chain,
    SigningKey coordinatorKey,
    Intervals intervals,
    Optional<String> checkpointDirectory) {

  public static final String DEFAULT_ID = "swarmstream";
  public static final Duration DEFAULT_CHECKPOINT_INTERVAL = Duration.ofSeconds(5);
  public static final Duration DEFAULT_DISCOVERY_INTERVAL = Duration.ofSeconds(5);

  /**
   * Intervals of the job's periodic work.
   *
   * @param checkpoint interval between periodic checkpoints, which no round requests; determines
   *     how much of the log is read again after a crash
   * @param discovery interval between two searches for the topics of new contracts in Kafka
   */
  public record Intervals(Duration checkpoint, Duration discovery) {
    private static final long LEAST_MS = 10;

    public Intervals {
      check("checkpointInterval", checkpoint);
      check("discoveryInterval", discovery);
    }

    private static void check(String what, Duration interval) {
      if (interval.toMillis() < LEAST_MS) {
        throw new IllegalArgumentException(
            what + " is " + interval + "; it has to be at least " + LEAST_MS + " ms");
      }
    }
  }

  public SwarmJobOptions {
    if (!id.matches("[a-zA-Z0-9_-]{1,100}")) {
      throw new IllegalArgumentException(
          "id \"" + id + "\" has to be 1 to 100 letters, digits, underscores and dashes");
    }
  }
}

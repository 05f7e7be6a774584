package io.swarmstream.local.processes;

import io.swarmstream.jobs.SwarmJobOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The folder of a cluster and what it runs.
 *
 * @param folder folder of its configuration, data, logs and process IDs
 * @param deploy the repository's built {@code deploy} folder, with the jars and the configuration
 * @param jobJar jar of the main job
 * @param parallelism parallelism of the main job, at most 4: two TaskManagers have two slots each
 * @param checkpointInterval interval between periodic checkpoints, which no round requests
 * @param usualPorts whether processes listen on their usual ports where those are free
 * @param brokerSettings further settings of the Kafka broker
 * @param flinkSettings further settings of Flink; an empty value removes a setting
 */
public record ClusterOptions(
    Path folder,
    Path deploy,
    Path jobJar,
    int parallelism,
    Duration checkpointInterval,
    boolean usualPorts,
    Map<String, String> brokerSettings,
    Map<String, String> flinkSettings) {
  static final int SLOTS = 4;

  public ClusterOptions {
    if (parallelism < 1 || parallelism > SLOTS) {
      throw new IllegalArgumentException(
          "parallelism is " + parallelism + "; the cluster has 1 to " + SLOTS + " slots");
    }
  }

  /** Options of a built repository: a parallelism of 2, usual ports. */
  public static ClusterOptions of(Path folder, Path deploy, Path jobJar) {
    return new ClusterOptions(
        folder,
        deploy,
        jobJar,
        2,
        SwarmJobOptions.DEFAULT_CHECKPOINT_INTERVAL,
        true,
        Map.of(),
        Map.of());
  }

  public ClusterOptions withParallelism(int slots) {
    return new ClusterOptions(
        folder,
        deploy,
        jobJar,
        slots,
        checkpointInterval,
        usualPorts,
        brokerSettings,
        flinkSettings);
  }

  public ClusterOptions withCheckpointInterval(Duration interval) {
    return new ClusterOptions(
        folder, deploy, jobJar, parallelism, interval, usualPorts, brokerSettings, flinkSettings);
  }

  /** The same options with any free ports, for a cluster next to another one. */
  public ClusterOptions withAnyPorts() {
    return new ClusterOptions(
        folder,
        deploy,
        jobJar,
        parallelism,
        checkpointInterval,
        false,
        brokerSettings,
        flinkSettings);
  }

  public ClusterOptions withBrokerSettings(Map<String, String> settings) {
    return new ClusterOptions(
        folder,
        deploy,
        jobJar,
        parallelism,
        checkpointInterval,
        usualPorts,
        settings,
        flinkSettings);
  }

  public ClusterOptions withFlinkSettings(Map<String, String> settings) {
    return new ClusterOptions(
        folder,
        deploy,
        jobJar,
        parallelism,
        checkpointInterval,
        usualPorts,
        brokerSettings,
        settings);
  }
}

package io.swarmstream.local.processes;

import io.swarmstream.jobs.SwarmJobOptions;
import io.swarmstream.jobs.options.SwarmProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

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
 * @param secured empty: development on this machine, without members and certificates
 */
public record ClusterOptions(
    Path folder,
    Path deploy,
    Path jobJar,
    int parallelism,
    Duration checkpointInterval,
    boolean usualPorts,
    Map<String, String> brokerSettings,
    Map<String, String> flinkSettings,
    Optional<Secured> secured) {
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
        Map.of(),
        Optional.empty());
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
        flinkSettings,
        secured);
  }

  public ClusterOptions withCheckpointInterval(Duration interval) {
    return new ClusterOptions(
        folder,
        deploy,
        jobJar,
        parallelism,
        interval,
        usualPorts,
        brokerSettings,
        flinkSettings,
        secured);
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
        flinkSettings,
        secured);
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
        flinkSettings,
        secured);
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
        settings,
        secured);
  }

  /** The same options with TLS and members. */
  public ClusterOptions withSecured(Secured how) {
    return withSecured(Optional.of(how));
  }

  /**
   * The same options, secured as the folder remembers.
   *
   * @throws IllegalStateException when the folder has another kind of cluster
   */
  ClusterOptions asRemembered() throws IOException {
    Optional<Secured> known = Secured.in(folder);
    if (secured.isEmpty()) {
      return withSecured(known);
    }
    if (known.filter(secured.get()::isSameAs).isPresent()) {
      return this;
    }
    if (known.isPresent() || Files.exists(folder.resolve(SwarmProperties.FILE))) {
      throw new IllegalStateException(
          folder
              + " has a cluster "
              + known.map(Record::toString).orElse("that is not secured")
              + ", which cannot become "
              + secured.get()
              + "; name another --folder, or stop it and delete its folder");
    }
    return this;
  }

  boolean isSecured() {
    return secured.isPresent();
  }

  private ClusterOptions withSecured(Optional<Secured> how) {
    return new ClusterOptions(
        folder,
        deploy,
        jobJar,
        parallelism,
        checkpointInterval,
        usualPorts,
        brokerSettings,
        flinkSettings,
        how);
  }
}

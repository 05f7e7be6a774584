package io.swarmstream.local.processes;

import io.swarmstream.jobs.SwarmJobOptions;
import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.schemas.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The main job on the cluster. Submits, stops and upgrades it with Flink's command line. */
final class MainJob {
  static final String NAME = SwarmJobOptions.DEFAULT_ID;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed\\. Path: (\\S+)");

  private final ClusterOptions options;
  private final ClusterFiles files;
  private final FlinkRest rest;

  MainJob(ClusterOptions options, ClusterFiles files, FlinkRest rest) {
    this.options = options;
    this.files = files;
    this.rest = rest;
  }

  Optional<FlinkJob> find() throws InterruptedException {
    return rest.job(NAME);
  }

  /**
   * Ensures that the job runs: waits for it if high availability recovers it; otherwise starts it
   * from its savepoint, or else its newest checkpoint, or else without state.
   */
  void ensure(SwarmProperties swarm) throws Exception {
    if (find().isEmpty()) {
      Optional<String> state = savepoint();
      if (state.isEmpty()) {
        // ZooKeeper may have forgotten the job; its checkpoints are retained on the disk.
        state = Checkpoints.newest(files.data("flink/checkpoints"));
      }
      List<String> command = new ArrayList<>(List.of(flink(), "run", "-d"));
      state.ifPresent(path -> command.addAll(List.of("-s", path)));
      command.addAll(List.of("-p", Integer.toString(options.parallelism())));
      command.add(options.jobJar().toString());
      command.addAll(arguments(swarm));
      program("submit").require(command, environment(), PATIENCE);
      Files.deleteIfExists(savepointFile());
    }
    awaitRunning();
  }

  void awaitRunning() throws Exception {
    Await.until(
        "running job " + NAME,
        PATIENCE,
        options.folder().resolve("logs"),
        () -> find().filter(FlinkJob::isRunning).isPresent());
  }

  /** Stops the job, if it runs, with a savepoint from which {@link #ensure} starts it again. */
  void stop() throws Exception {
    Optional<FlinkJob> job = find();
    if (job.isEmpty()) {
      return;
    }
    String output =
        program("stop").require(List.of(flink(), "stop", job.get().id()), environment(), PATIENCE);
    Matcher path = SAVEPOINT.matcher(output);
    if (!path.find()) {
      throw new IllegalStateException("'flink stop' names no savepoint:\n" + output);
    }
    PrivateFiles.write(savepointFile(), path.group(1));
  }

  /** Runs {@code deploy/upgrade}, as a user does. */
  void upgrade(SwarmProperties swarm, int parallelism) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(options.deploy().resolve("upgrade").toString());
    command.addAll(List.of("-p", Integer.toString(parallelism), options.jobJar().toString()));
    command.addAll(arguments(swarm));
    program("upgrade").require(command, environment(), PATIENCE.multipliedBy(2));
    awaitRunning();
  }

  private List<String> arguments(SwarmProperties swarm) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--kafka", swarm.kafka(),
                "--chain", swarm.chain(),
                "--training-contracts", swarm.trainingContracts(),
                "--round-anchors", swarm.roundAnchors(),
                "--coordinator-key-file", files.coordinatorKey().toString(),
                "--checkpoint-interval-ms", Long.toString(options.checkpointInterval().toMillis()),
                "--discovery-interval-ms", "1000"));
    if (options.isSecured()) {
      // By its members the job learns of network nodes that join later.
      arguments.addAll(List.of("--swarm-members", Objects.requireNonNull(swarm.swarmMembers())));
      arguments.addAll(List.of("--identity", files.identities().job().toString()));
    }
    return arguments;
  }

  private Map<String, String> environment() {
    return Map.of("FLINK_CONF_DIR", files.flinkConf().toString(), "FLINK", flink());
  }

  private String flink() {
    return options.deploy().resolve("flink/bin/flink").toString();
  }

  private Program program(String what) {
    return new Program(options.folder().resolve("logs").resolve("flink-" + what + ".log"));
  }

  private Path savepointFile() {
    return options.folder().resolve("run").resolve("savepoint");
  }

  private Optional<String> savepoint() throws IOException {
    return Files.exists(savepointFile())
        ? Optional.of(Files.readString(savepointFile()).strip())
        : Optional.empty();
  }
}

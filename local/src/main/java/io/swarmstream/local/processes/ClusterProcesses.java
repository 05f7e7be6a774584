package io.swarmstream.local.processes;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.jobs.options.SwarmProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The processes of a cluster; starts, watches and stops each of them separately. */
final class ClusterProcesses {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ChainOptions.Timeouts ANSWER =
      new ChainOptions.Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));

  private final Path folder;
  private final ClusterFiles files;
  private final Ports ports;
  private final Commands commands;
  private final FlinkRest rest;

  ClusterProcesses(ClusterOptions options, ClusterFiles files, Ports ports) {
    this.folder = options.folder();
    this.files = files;
    this.ports = ports;
    this.commands = new Commands(options, files, ports);
    this.rest =
        new FlinkRest(
            List.of(address(Part.JOBMANAGER_1), address(Part.JOBMANAGER_2)), files.restKeys());
  }

  /** Flink's REST endpoint, through whichever JobManager answers. */
  FlinkRest rest() {
    return rest;
  }

  Path log(Part part) {
    return process(part).log();
  }

  boolean isAlive(Part part) {
    return process(part).isAlive();
  }

  boolean isAnyAlive(List<Part> parts) {
    return parts.stream().anyMatch(this::isAlive);
  }

  /** Starts a process that does not run, and does not wait for it. */
  void start(Part part) throws IOException {
    if (isAlive(part)) {
      throw new IllegalStateException(part.label() + " runs already");
    }
    if (part == Part.CHAIN) {
      new ChainFile(files.chain()).mend();
    }
    process(part).start(commands.of(part), Map.of("FLINK_CONF_DIR", files.flinkConf().toString()));
  }

  /** Asks a process to end, and kills it if it does not. */
  void stop(Part part) {
    process(part).stop();
  }

  /** Kills a process as {@code kill -9} does. */
  void kill(Part part) {
    process(part).kill();
  }

  /** Waits until a started process is ready. */
  void awaitUp(Part part) throws Exception {
    Await.until(
        "answer of " + part.label(),
        PATIENCE,
        log(part),
        () -> {
          if (!isAlive(part)) {
            throw new IllegalStateException(
                part.label() + " has ended; " + process(part).lastSaid());
          }
          return isUp(part);
        });
  }

  /** Status of each process: whether it runs, and whether it answers. */
  List<ClusterStatus.PartStatus> status() throws InterruptedException {
    List<ClusterStatus.PartStatus> all = new ArrayList<>();
    for (Part part : Part.values()) {
      PartProcess process = process(part);
      Optional<ProcessHandle> handle = process.handle();
      all.add(
          new ClusterStatus.PartStatus(
              part.label(),
              handle.map(ProcessHandle::pid),
              process.startedAt().map(at -> Duration.between(at, Instant.now())),
              address(part),
              handle.isPresent() && isUp(part) && isAnswering(part),
              process.downSince()));
    }
    return all;
  }

  /** Where a process listens; empty for one that no user needs to reach. */
  String address(Part part) {
    return switch (part) {
      case ZOOKEEPER -> "localhost:" + ports.of(Port.ZOOKEEPER);
      case KAFKA -> "localhost:" + ports.of(Port.KAFKA);
      case CHAIN -> "http://127.0.0.1:" + ports.of(Port.CHAIN);
      case JOBMANAGER_1, JOBMANAGER_2 -> "https://localhost:" + restPort(part);
      case TASKMANAGER_1, TASKMANAGER_2 -> "";
    };
  }

  int restPort(Part jobManager) {
    return ports.of(
        jobManager == Part.JOBMANAGER_1 ? Port.JOBMANAGER_1_REST : Port.JOBMANAGER_2_REST);
  }

  private boolean isUp(Part part) throws InterruptedException {
    return switch (part) {
      case ZOOKEEPER -> Await.isListening(ports.of(Port.ZOOKEEPER));
      case KAFKA -> Await.isListening(ports.of(Port.KAFKA));
      case CHAIN -> Await.isListening(ports.of(Port.CHAIN));
      case JOBMANAGER_1, JOBMANAGER_2 -> Await.isListening(restPort(part));
      case TASKMANAGER_1, TASKMANAGER_2 ->
          rest.taskManagers().orElse(0)
              >= Part.taskManagers().stream().filter(this::isAlive).count();
    };
  }

  /** Asks the chain for a block, because a node that hangs still listens. */
  private boolean isAnswering(Part part) {
    if (part != Part.CHAIN || !Files.exists(folder.resolve(SwarmProperties.FILE))) {
      return true;
    }
    ChainOptions chain = SwarmProperties.in(folder).chainOptions().withTimeouts(ANSWER);
    try (ChainClient client = ChainClient.reading(chain)) {
      return client.newestBlock() >= 0;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private PartProcess process(Part part) {
    return new PartProcess(part.label(), folder);
  }
}

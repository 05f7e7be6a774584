package io.swarmstream.local.processes;

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
  private final Path folder;
  private final List<Part> parts;
  private final ClusterFiles files;
  private final Ports ports;
  private final ClusterChain chain;
  private final Commands commands;
  private final FlinkRest rest;

  ClusterProcesses(ClusterOptions options, ClusterFiles files, Ports ports, ClusterChain chain) {
    this.folder = options.folder();
    this.parts = Part.of(options.isSecured());
    this.files = files;
    this.ports = ports;
    this.chain = chain;
    this.commands = new Commands(options, files, ports, chain);
    this.rest =
        new FlinkRest(
            List.of(address(Part.JOBMANAGER_1), address(Part.JOBMANAGER_2)), files.restKeys());
  }

  /** The processes of this cluster, in the order in which they are started. */
  List<Part> parts() {
    return parts;
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
  void start(Part part) throws Exception {
    if (isAlive(part)) {
      throw new IllegalStateException(part.label() + " runs already");
    }
    if (part == chain.part()) {
      chain.prepare();
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
    for (Part part : parts) {
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
      case KAFKA -> files.kafkaAddress();
      case CHAIN, NETWORK -> chain.url();
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
      case KAFKA -> Await.isListening(files.kafkaHost(), ports.of(Port.KAFKA));
      case CHAIN, NETWORK -> chain.isUp();
      case JOBMANAGER_1, JOBMANAGER_2 -> Await.isListening(restPort(part));
      case TASKMANAGER_1, TASKMANAGER_2 ->
          rest.taskManagers().orElse(0)
              >= Part.taskManagers().stream().filter(this::isAlive).count();
    };
  }

  private boolean isAnswering(Part part) throws InterruptedException {
    return part != chain.part() || chain.isAnswering();
  }

  private PartProcess process(Part part) {
    return new PartProcess(part.label(), folder);
  }
}

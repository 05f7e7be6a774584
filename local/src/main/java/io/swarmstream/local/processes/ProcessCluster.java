package io.swarmstream.local.processes;

import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * The cluster of a folder: Kafka, a chain, ZooKeeper and Flink as processes, and the main job.
 *
 * <p>The processes outlive the JVM that starts them. {@link #up} restarts whatever was killed, with
 * all durable state.
 */
public final class ProcessCluster {
  private static final Duration FORMAT_DEADLINE = Duration.ofSeconds(90);

  private final ClusterOptions options;
  private final ClusterFiles files;
  private final Commands commands;
  private final ClusterProcesses processes;
  private final ClusterAccounts accounts;
  private final MainJob job;

  private ProcessCluster(ClusterOptions options, Ports ports) {
    this.options = options;
    this.files = new ClusterFiles(options, ports);
    this.commands = new Commands(options, files, ports);
    this.processes = new ClusterProcesses(options, files, ports);
    this.accounts = new ClusterAccounts(options.folder(), files, processes);
    this.job = new MainJob(options, files, processes.rest());
  }

  /** The cluster of the options' folder. Creates the folder if it is missing; starts nothing. */
  public static ProcessCluster at(ClusterOptions options) throws IOException {
    PrivateFiles.folder(options.folder().resolve("run"));
    Ports ports = Ports.in(options.folder().resolve("ports.properties"), options.usualPorts());
    return new ProcessCluster(options, ports);
  }

  /** Starts, in order, whatever does not run, and returns when the job runs. */
  public void up(Steps steps) throws Exception {
    files.write();
    formatKafka(steps);
    for (Part part : Part.values()) {
      if (part == Part.JOBMANAGER_1) {
        // A JobManager that does not find ZooKeeper exits after a while; the other processes may
        // start later.
        processes.awaitUp(Part.ZOOKEEPER);
      }
      if (!processes.isAlive(part)) {
        processes.start(part);
      }
    }
    for (Part part : Part.values()) {
      steps.run(
          "starting " + part.label(),
          () -> {
            processes.awaitUp(part);
            return part;
          });
    }
    SwarmProperties swarm = accounts.deploy(steps);
    steps.run(
        "starting the main job",
        () -> {
          job.ensure(swarm);
          return swarm;
        });
  }

  private void formatKafka(Steps steps) throws Exception {
    if (!Files.exists(files.data("kafka").resolve("meta.properties"))) {
      steps.run(
          "formatting Kafka's folder",
          () ->
              new Program(options.folder().resolve("logs/kafka-format.log"))
                  .require(commands.formatKafka(clusterId()), Map.of(), FORMAT_DEADLINE));
    }
  }

  /** A new cluster id in Kafka's format: 16 bytes in URL-safe base 64. */
  private static String clusterId() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Stops the job with a savepoint, then all processes, the last started first. */
  public void down(Steps steps) throws Exception {
    if (processes.isAnyAlive(Part.jobManagers())) {
      steps.run(
          "stopping the main job with a savepoint",
          () -> {
            job.stop();
            return job;
          });
    }
    stopProcesses(steps);
  }

  /** Stops all processes without a savepoint: the job resumes from its newest checkpoint. */
  public void stopProcesses(Steps steps) throws Exception {
    List<Part> parts = new ArrayList<>(Arrays.asList(Part.values()));
    Collections.reverse(parts);
    for (Part part : parts) {
      if (processes.isAlive(part)) {
        steps.run(
            "stopping " + part.label(),
            () -> {
              processes.stop(part);
              return part;
            });
      }
    }
  }

  /** Kills a process as {@code kill -9} does. */
  public void kill(Part part) {
    processes.kill(part);
  }

  /** Starts a process that does not run, and does not wait for it. */
  public void start(Part part) throws IOException {
    processes.start(part);
  }

  /** Keeps a copy of the chain, to return to if the node is killed while it writes its file. */
  public void keepChain() throws Exception {
    new ChainFile(files.chain()).keep();
  }

  public boolean isAlive(Part part) {
    return processes.isAlive(part);
  }

  /** Waits until a started process is ready. */
  public void awaitUp(Part part) throws Exception {
    processes.awaitUp(part);
  }

  /** The JobManager that leads; empty when none does. */
  public Optional<Part> leader() throws Exception {
    Optional<Integer> port =
        Leader.restPort(GlobalConfiguration.loadConfiguration(files.flinkConf().toString()));
    return Part.jobManagers().stream()
        .filter(part -> port.isPresent() && port.get() == processes.restPort(part))
        .findFirst();
  }

  /** Waits until all tasks of the job run. */
  public void awaitJob() throws Exception {
    job.awaitRunning();
  }

  /** Stops the job with a savepoint and starts the present jar from it. */
  public void upgrade(int parallelism) throws Exception {
    job.upgrade(properties(), parallelism);
  }

  /** How to reach the swarm. */
  public SwarmProperties properties() {
    return SwarmProperties.in(options.folder());
  }

  /** Key of the account that owns the training contracts created here; publicly known. */
  public SiteKey owner() throws IOException {
    return accounts.owner();
  }

  /** Key of the account that anchors the rounds; publicly known. */
  public SiteKey coordinator() throws IOException {
    return accounts.coordinator();
  }

  public Path folder() {
    return options.folder();
  }

  /** Status of the cluster: which processes run, and which of them answer. */
  public ClusterStatus status() throws Exception {
    return new ClusterStatus(
        options.folder(),
        processes.status(),
        isAlive(Part.ZOOKEEPER) ? leader().map(Part::label) : Optional.empty(),
        job.find(),
        processes.rest().freeSlots());
  }

  /** Heap that all TaskManagers use, in bytes; empty when they do not answer. */
  public Optional<Long> taskManagerHeapBytes() throws InterruptedException {
    return processes.rest().sumOverTaskManagers("Status.JVM.Memory.Heap.Used");
  }

  /** The main job as Flink reports it. */
  public Optional<FlinkJob> mainJob() throws InterruptedException {
    return job.find();
  }
}

package io.swarmstream.local.processes;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainDeployment;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.embedded.Anvil;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * The cluster of a folder: started, looked at, broken and mended.
 *
 * <p>Its processes outlive the JVM that starts them. Whatever was killed, {@link #up} brings back,
 * with all that was durable.
 */
public final class ProcessCluster {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final ClusterOptions options;
  private final ClusterFiles files;
  private final Ports ports;
  private final Commands commands;
  private final FlinkRest rest;
  private final MainJob job;

  private ProcessCluster(ClusterOptions options, Ports ports) {
    this.options = options;
    this.ports = ports;
    this.files = new ClusterFiles(options, ports);
    this.commands = new Commands(options, files, ports);
    this.rest =
        new FlinkRest(
            List.of(restUrl(Part.JOBMANAGER_1), restUrl(Part.JOBMANAGER_2)), files.restKeys());
    this.job = new MainJob(options, files, rest);
  }

  /** The cluster of the options' folder, which is made when there is none; starts nothing. */
  public static ProcessCluster at(ClusterOptions options) throws IOException {
    PrivateFiles.folder(options.folder().resolve("run"));
    Ports ports = Ports.in(options.folder().resolve("ports.properties"), options.usualPorts());
    return new ProcessCluster(options, ports);
  }

  /** Starts whatever does not run, in order, and returns when the job runs. */
  public void up(Steps steps) throws Exception {
    files.write();
    if (!Files.exists(files.data("kafka").resolve("meta.properties"))) {
      steps.run(
          "formatting Kafka's folder",
          () ->
              new Program(options.folder().resolve("logs/kafka-format.log"))
                  .require(commands.formatKafka(clusterId()), Map.of(), PATIENCE));
    }
    for (Part part : Part.values()) {
      if (part == Part.JOBMANAGER_1) {
        // A JobManager that does not find ZooKeeper ends after a while; the rest may come later.
        awaitUp(Part.ZOOKEEPER);
      }
      if (!process(part).isAlive()) {
        start(part);
      }
    }
    for (Part part : Part.values()) {
      steps.run(
          "starting " + part.label(),
          () -> {
            awaitUp(part);
            return part;
          });
    }
    SwarmProperties swarm = deployedContracts(steps);
    steps.run(
        "starting the main job",
        () -> {
          job.ensure(swarm);
          return swarm;
        });
  }

  /** Stops the job with a savepoint, then all processes, the last started first. */
  public void down(Steps steps) throws Exception {
    if (Part.jobManagers().stream().anyMatch(part -> process(part).isAlive())) {
      steps.run(
          "stopping the main job with a savepoint",
          () -> {
            job.stop();
            return job;
          });
    }
    stopProcesses(steps);
  }

  /** Stops all processes and leaves the job where its newest checkpoint is. */
  public void stopProcesses(Steps steps) throws Exception {
    List<Part> parts = new ArrayList<>(Arrays.asList(Part.values()));
    Collections.reverse(parts);
    for (Part part : parts) {
      if (process(part).isAlive()) {
        steps.run(
            "stopping " + part.label(),
            () -> {
              process(part).stop();
              return part;
            });
      }
    }
  }

  /** Ends a process as {@code kill -9} does. */
  public void kill(Part part) {
    process(part).kill();
  }

  /** Starts a process that does not run, and does not wait for it. */
  public void start(Part part) throws IOException {
    if (process(part).isAlive()) {
      throw new IllegalStateException(part.label() + " runs already");
    }
    if (part == Part.CHAIN) {
      new ChainFile(files.chain()).mend();
    }
    process(part).start(commands.of(part), Map.of("FLINK_CONF_DIR", files.flinkConf().toString()));
  }

  /**
   * Sets a copy of the chain aside, to go back to if the node is killed while it writes its file.
   */
  public void keepChain() throws Exception {
    new ChainFile(files.chain()).keep();
  }

  public boolean isAlive(Part part) {
    return process(part).isAlive();
  }

  /** Waits until a process that was started does its work. */
  public void awaitUp(Part part) throws Exception {
    Await.until(
        "answer of " + part.label(),
        PATIENCE,
        process(part).log(),
        () -> {
          if (!process(part).isAlive()) {
            throw new IllegalStateException(
                part.label() + " has ended; " + process(part).lastSaid());
          }
          return isUp(part);
        });
  }

  private boolean isUp(Part part) throws InterruptedException {
    return switch (part) {
      case ZOOKEEPER -> Await.isListening(ports.of(Port.ZOOKEEPER));
      case KAFKA -> Await.isListening(ports.of(Port.KAFKA));
      case CHAIN -> Await.isListening(ports.of(Port.CHAIN));
      case JOBMANAGER_1, JOBMANAGER_2 -> Await.isListening(restPort(part));
      case TASKMANAGER_1, TASKMANAGER_2 -> rest.taskManagers().orElse(0) >= runningTaskManagers();
    };
  }

  /** One that hangs still listens. */
  private boolean isAnswering(Part part) {
    if (part != Part.CHAIN || !Files.exists(options.folder().resolve(SwarmProperties.FILE))) {
      return true;
    }
    ChainOptions chain = properties().chainOptions().withTimeouts(ANSWER, ANSWER);
    try (ChainClient client = ChainClient.reading(chain)) {
      return client.newestBlock() >= 0;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private long runningTaskManagers() {
    return Part.taskManagers().stream().filter(part -> process(part).isAlive()).count();
  }

  /** The JobManager that leads; empty when none does. */
  public Optional<Part> leader() throws Exception {
    Optional<Integer> port =
        Leader.restPort(GlobalConfiguration.loadConfiguration(files.flinkConf().toString()));
    return Part.jobManagers().stream()
        .filter(part -> port.isPresent() && port.get() == restPort(part))
        .findFirst();
  }

  /** Waits until the job runs, all of it. */
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

  /** Key of the account that owns the training contracts made here; known to everybody. */
  public SiteKey owner() throws IOException {
    return SiteKey.ofHex(chainKeys().get(0));
  }

  /** Key of the account that anchors the rounds; known to everybody. */
  public SiteKey coordinator() throws IOException {
    return SiteKey.ofHex(chainKeys().get(1));
  }

  public Path folder() {
    return options.folder();
  }

  /** What runs, and how it does. */
  public ClusterStatus status() throws Exception {
    List<ClusterStatus.PartStatus> processes = new ArrayList<>();
    for (Part part : Part.values()) {
      PartProcess process = process(part);
      Optional<ProcessHandle> handle = process.handle();
      processes.add(
          new ClusterStatus.PartStatus(
              part.label(),
              handle.map(ProcessHandle::pid),
              process.startedAt().map(at -> Duration.between(at, Instant.now())),
              address(part),
              handle.isPresent() && isUp(part) && isAnswering(part),
              process.downSince()));
    }
    boolean zooKeeperUp = isAlive(Part.ZOOKEEPER);
    return new ClusterStatus(
        options.folder(),
        processes,
        zooKeeperUp ? leader().map(Part::label) : Optional.empty(),
        job.find(),
        rest.freeSlots());
  }

  /** Heap that all TaskManagers use, bytes; empty when they do not answer. */
  public Optional<Long> taskManagerHeapBytes() throws InterruptedException {
    return rest.sumOverTaskManagers("Status.JVM.Memory.Heap.Used");
  }

  /** The main job, as Flink sees it. */
  public Optional<FlinkJob> mainJob() throws InterruptedException {
    return job.find();
  }

  private SwarmProperties deployedContracts(Steps steps) throws Exception {
    if (!Files.exists(options.folder().resolve(SwarmProperties.FILE))) {
      String url = address(Part.CHAIN);
      ChainOptions deployed =
          steps.run("deploying the smart contracts", () -> ChainDeployment.deploy(url, owner()));
      PrivateFiles.write(files.coordinatorKey(), chainKeys().get(1));
      new SwarmProperties(
              address(Part.KAFKA), url, deployed.trainingContracts(), deployed.roundAnchors())
          .writeTo(options.folder());
    }
    if (!OwnerFiles.areIn(options.folder())) {
      OwnerFiles.write(options.folder(), chainKeys().get(0), coordinator().address());
    }
    return properties();
  }

  private List<String> chainKeys() throws IOException {
    try (Stream<String> lines = Files.lines(process(Part.CHAIN).log())) {
      return Anvil.devKeys(lines);
    }
  }

  /** Kafka wants 16 bytes in URL-safe base 64. */
  private static String clusterId() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private PartProcess process(Part part) {
    return new PartProcess(part.label(), options.folder());
  }

  private int restPort(Part jobManager) {
    return ports.of(
        jobManager == Part.JOBMANAGER_1 ? Port.JOBMANAGER_1_REST : Port.JOBMANAGER_2_REST);
  }

  private String restUrl(Part jobManager) {
    return "https://localhost:" + restPort(jobManager);
  }

  private String address(Part part) {
    return switch (part) {
      case ZOOKEEPER -> "localhost:" + ports.of(Port.ZOOKEEPER);
      case KAFKA -> "localhost:" + ports.of(Port.KAFKA);
      case CHAIN -> "http://127.0.0.1:" + ports.of(Port.CHAIN);
      case JOBMANAGER_1, JOBMANAGER_2 -> restUrl(part);
      case TASKMANAGER_1, TASKMANAGER_2 -> "";
    };
  }
}

package io.swarmstream.local.processes;

import io.swarmstream.identity.spiffe.BroughtIdentity;
import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
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
  private final ClusterChain chain;
  private final MainJob job;

  /** Makes the chain of a cluster. */
  interface Chains {
    ClusterChain of(ClusterOptions options, ClusterFiles files, Ports ports);
  }

  private ProcessCluster(ClusterOptions options, Ports ports, Chains chains) {
    this.options = options;
    this.files = new ClusterFiles(options, ports);
    this.chain = chains.of(options, files, ports);
    this.commands = new Commands(options, files, ports, chain);
    this.processes = new ClusterProcesses(options, files, ports, chain);
    this.job = new MainJob(options, files, processes.rest());
  }

  /**
   * The cluster of the options' folder. Creates the folder if it is missing; starts nothing.
   *
   * @throws IllegalStateException when the folder has a cluster of another kind
   */
  public static ProcessCluster at(ClusterOptions options) throws IOException {
    return at(
        options,
        (of, files, ports) ->
            of.isSecured()
                ? new NetworkPart(of, files, ports)
                : new DevelopmentChain(of, files, ports));
  }

  static ProcessCluster at(ClusterOptions options, Chains chains) throws IOException {
    ClusterOptions remembered = options.asRemembered();
    PrivateFiles.folder(options.folder().resolve("run"));
    Ports ports = Ports.in(options.folder().resolve("ports.properties"), options.usualPorts());
    return new ProcessCluster(remembered, ports, chains);
  }

  /** Starts, in order, whatever does not run, and returns when the job runs. */
  public void up(Steps steps) throws Exception {
    if (options.secured().isPresent()) {
      options.secured().get().writeTo(options.folder());
    }
    files.write();
    files.writeKafka(superUsers(steps));
    formatKafka(steps);
    for (Part part : processes.parts()) {
      if (part == Part.JOBMANAGER_1) {
        // A JobManager that does not find ZooKeeper exits after a while; the other processes may
        // start later.
        processes.awaitUp(Part.ZOOKEEPER);
      }
      startIfDown(part);
    }
    for (Part part : processes.parts()) {
      awaitUp(part, steps);
    }
    SwarmProperties swarm = chain.deploy(steps);
    steps.run(
        "starting the main job",
        () -> {
          job.ensure(swarm);
          return swarm;
        });
  }

  /**
   * Whom Kafka lets do everything; in a secured cluster this needs the network node's authority.
   */
  private List<String> superUsers(Steps steps) throws Exception {
    if (!(chain instanceof SecuredParts parts)) {
      return List.of();
    }
    startIfDown(parts.part());
    awaitUp(parts.part(), steps);
    ClusterIdentities identities = files.identities();
    identities.ensure(parts);
    return List.of(
        ClusterIdentities.principal(identities.broker()),
        ClusterIdentities.principal(parts.administrator()));
  }

  private void startIfDown(Part part) throws Exception {
    if (!processes.isAlive(part)) {
      processes.start(part);
    }
  }

  private void awaitUp(Part part, Steps steps) throws Exception {
    steps.run(
        "starting " + part.label(),
        () -> {
          processes.awaitUp(part);
          return part;
        });
  }

  /**
   * Renews the certificates of a secured cluster's processes. They continue, and show the new ones
   * on new connections.
   */
  public void renewCertificates() throws Exception {
    files.identities().renew(secured());
  }

  /**
   * Has the network node take its identity from the organisation's files or Workload API, from its
   * next start on.
   *
   * @throws IllegalStateException when the cluster is not secured
   */
  public void bring(BroughtIdentity identity) throws Exception {
    secured().bring(identity);
  }

  private SecuredParts secured() {
    if (chain instanceof SecuredParts parts) {
      return parts;
    }
    throw new IllegalStateException(
        options.folder() + " has a cluster without certificates: it is not secured");
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
    List<Part> parts = new ArrayList<>(processes.parts());
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
  public void start(Part part) throws Exception {
    processes.start(part);
  }

  /** Keeps a copy of the chain, to return to if the node is killed while it writes its file. */
  public void keepChain() throws Exception {
    chain.keep();
  }

  /** Whether all its connections are authenticated. */
  public boolean isSecured() {
    return chain instanceof SecuredParts;
  }

  /** The processes of this cluster. */
  public List<Part> parts() {
    return processes.parts();
  }

  /** The process that has the chain. */
  public Part chainPart() {
    return chain.part();
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
        new Leader(
                GlobalConfiguration.loadConfiguration(files.flinkConf().toString()),
                files.zooKeeperClient())
            .restPort();
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

  /** Key of the account that owns the training contracts created here. */
  public SiteKey owner() throws IOException {
    return chain.owner();
  }

  /** Key of the account that anchors the rounds. */
  public SiteKey coordinator() throws IOException {
    return chain.coordinator();
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

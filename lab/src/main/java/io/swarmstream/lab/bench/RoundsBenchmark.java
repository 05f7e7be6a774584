package io.swarmstream.lab.bench;

import io.swarmstream.cli.cluster.Disk;
import io.swarmstream.cli.cluster.Repository;
import io.swarmstream.cli.options.SwarmFolders;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.lab.cluster.LabContract;
import io.swarmstream.local.processes.ClusterStatus.PartStatus;
import io.swarmstream.local.processes.ProcessCluster;
import io.swarmstream.local.processes.Steps;
import io.swarmstream.schemas.ClipTensor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.files.FolderTree;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.layout.ChunkLayout;
import io.swarmstream.schemas.layout.ModelLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures rounds on its own cluster of processes: a broker, an Ethereum node, Flink with the main
 * job, and sites that do not train.
 */
final class RoundsBenchmark {
  private static final String CONTRACT = "bench";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long SAMPLE_MILLIS = 1_000;
  private static final Path MEMORY_FOLDER = Path.of("/dev/shm");

  /** Enough, because state holds references to payloads and models but no payloads. */
  private static final int MOST_ROCKSDB_MIB = 128;

  private final RoundsOptions options;
  private final Steps steps;
  private final Consumer<SiteRound> told;
  private final ConcurrentLinkedQueue<SiteRound> times = new ConcurrentLinkedQueue<>();
  private final ProcessSamples samples = new ProcessSamples();

  /** Null until measured, and when the measurement failed. */
  private @Nullable RawRound raw;

  /** Null until measured, and where no site is killed. */
  private @Nullable KilledRound killed;

  /** Why {@link #raw} could not be measured; null when nothing failed. */
  private @Nullable String rawFailure;

  /**
   * Prepares a benchmark.
   *
   * @param told receives each site's round when it ends, on any thread
   */
  RoundsBenchmark(RoundsOptions options, Steps steps, Consumer<SiteRound> told) {
    this.options = options;
    this.steps = steps;
    this.told = told;
  }

  /** Runs the rounds, then moves the same bytes with plain Kafka clients. */
  RoundsResult run() throws Exception {
    return run(true);
  }

  /** Runs the rounds only. */
  void runRounds() throws Exception {
    run(false);
  }

  private RoundsResult run(boolean withRawLimit) throws Exception {
    Path folder = SwarmFolders.temporary("bench-");
    Path working = workingFolder(folder);
    ProcessCluster cluster =
        ProcessCluster.at(
            Repository.cluster(folder)
                .withAnyPorts()
                .withCheckpointInterval(options.checkpointInterval())
                .withFlinkSettings(flinkSettings(working)));
    try {
      steps.run(
          "starting the cluster",
          () -> {
            cluster.up(Steps.silent());
            return cluster;
          });
      steps.run(
          "enrolling " + options.sites() + " sites",
          () -> {
            createContract(cluster);
            return cluster;
          });
      drive(cluster);
      if (options.killed() > 0) {
        killed = killedRound(cluster);
      }
      long sent = bytesSentPerSite(folder);
      if (withRawLimit) {
        measureRawLimit(folder, sent);
      }
      return result(sent);
    } finally {
      cluster.stopProcesses(Steps.silent());
      FolderTree.delete(working);
      FolderTree.delete(folder);
    }
  }

  /** RocksDB's folder: in memory, as docs/cluster.md recommends, if this machine allows it. */
  private static Path workingFolder(Path otherwise) throws IOException {
    return Files.createTempDirectory(
        Files.isWritable(MEMORY_FOLDER) ? MEMORY_FOLDER : otherwise, "swarm-bench-");
  }

  /** Keeps the measured rounds even if this measurement fails. */
  private void measureRawLimit(Path folder, long bytesSentPerSite) throws InterruptedException {
    try {
      raw =
          steps.run(
              "moving the same bytes through Kafka alone",
              () -> new RawLimit(options).measure(folder, bytesSentPerSite));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      rawFailure = e.getMessage() == null ? e.toString() : e.getMessage();
    }
  }

  private Map<String, String> flinkSettings(Path working) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("state.backend.rocksdb.localdir", working.toString());
    // Heap, managed, network and framework memory: everything except metaspace and JVM overhead.
    settings.put("taskmanager.memory.process.size", "");
    settings.put("taskmanager.memory.flink.size", options.flinkMemoryMiB() + "m");
    settings.put(
        "taskmanager.memory.managed.size",
        Math.min(MOST_ROCKSDB_MIB, options.flinkMemoryMiB() / 8) + "m");
    settings.put("taskmanager.memory.network.min", "64m");
    settings.put("taskmanager.memory.network.max", "64m");
    // One TaskManager runs both slots of the job; the other one is on standby.
    settings.put("taskmanager.load-balance.mode", "NONE");
    return settings;
  }

  private void createContract(ProcessCluster cluster) throws Exception {
    ModelLayout layout =
        ClipTensor.whole(options.privacy(), ModelLayout.flat(options.parameters()));
    LabContract.create(
        cluster,
        TopicOptions.defaults(),
        network ->
            new ContractTerms(
                CONTRACT,
                network,
                options.method(),
                options.minPeers(),
                options.gracePeriod().toMillis(),
                layout.parameterCount(),
                ChunkLayout.MAX_CHUNK_VALUES,
                options.encoding().kind(),
                0,
                layout.hash().hex(),
                Limits.NONE,
                PayloadHash.BLAKE3,
                options.encoding().share(),
                Optimizer.NONE,
                options.privacy()),
        layout,
        IntStream.range(0, options.sites()).mapToObj(SiteDriver::key).toList());
  }

  private void drive(ProcessCluster cluster) throws Exception {
    try (SiteProcesses sites = new SiteProcesses(options, cluster.folder())) {
      long beganNanos = System.nanoTime();
      sites.start(CONTRACT, this::hear);
      Map<String, Long> pids = new TreeMap<>(sites.pids());
      for (PartStatus part : cluster.status().processes()) {
        part.pid().ifPresent(pid -> pids.put(part.label(), pid));
      }
      while (sites.isRunning()) {
        samples.take(pids, (System.nanoTime() - beganNanos) / 1e9);
        Thread.sleep(SAMPLE_MILLIS);
      }
      sites.awaitOutput();
    }
  }

  private @Nullable KilledRound killedRound(ProcessCluster cluster) throws Exception {
    long round = options.allRounds();
    try (ContractLog log =
        ContractLog.ofAllSites(cluster.properties().kafkaEndpoint(), CONTRACT, PATIENCE)) {
      RoundRecord record = log.awaitRound(round, PATIENCE).record();
      return KilledRound.of(
          times,
          round,
          options.killed(),
          record.getMaskMembers().size(),
          record.getParticipants().size(),
          new RoundTimes(times, options.sites(), options.warmUp()).fullRoundMillis());
    }
  }

  private void hear(SiteRound round) {
    times.add(round);
    told.accept(round);
    if (round.round() + 1 == options.warmUp()) {
      samples.warmUpEnded();
    }
    if (round.round() + 1 == options.allRounds()) {
      samples.roundsEnded();
    }
  }

  private long bytesSentPerSite(Path folder) throws IOException {
    return Disk.bytes(folder.resolve("data/kafka"), CONTRACT + ".deltas-")
        / options.roundsOfASite()
        / options.sites();
  }

  private RoundsResult result(long bytesSentPerSite) {
    RoundTimes rounds = new RoundTimes(times, options.sites(), options.warmUp());
    double full = rounds.fullRoundMillis();
    return new RoundsResult(
        options.sites(),
        options.parameters(),
        options.method(),
        options.encoding().code(),
        options.privacy().text(),
        options.rounds(),
        RoundTimes.quantile(rounds.latencies(), 0.5),
        RoundTimes.quantile(rounds.latencies(), 0.99),
        full,
        full == 0 ? 0 : 60_000 / full,
        bytesSentPerSite,
        options.parameters() * Float.BYTES,
        raw,
        rawFailure,
        rounds.stages(),
        rounds.slowestStages(),
        samples.cpuSecondsPerRound(options.rounds()),
        samples.peakBytes(),
        samples.memory(),
        killed);
  }
}

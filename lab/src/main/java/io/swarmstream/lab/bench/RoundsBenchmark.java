package io.swarmstream.lab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.cli.cluster.Disk;
import io.swarmstream.cli.cluster.Folders;
import io.swarmstream.cli.cluster.Repository;
import io.swarmstream.cli.options.SwarmFolders;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.kafka.ContractTopics;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.local.processes.ClusterStatus.PartStatus;
import io.swarmstream.local.processes.ProcessCluster;
import io.swarmstream.local.processes.Steps;
import io.swarmstream.local.processes.SwarmProperties;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.layout.ChunkLayout;
import io.swarmstream.schemas.layout.ModelLayout;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rounds on a cluster of processes of its own: a broker, an Ethereum node, Flink and the main job,
 * and sites that do not train.
 */
final class RoundsBenchmark {
  private static final String CONTRACT = "bench";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long MEMORY_SAMPLE_MILLIS = 1_000;
  private static final Path MEMORY_FOLDER = Path.of("/dev/shm");

  /** State is what payloads and models are found by, and no payloads. */
  private static final int MOST_ROCKSDB_MIB = 128;

  private final RoundsOptions options;
  private final Steps steps;
  private final Consumer<SiteRound> told;
  private final ConcurrentLinkedQueue<SiteRound> times = new ConcurrentLinkedQueue<>();
  private final List<Process> drivers = new ArrayList<>();
  private final MemoryHistory memory = MemoryHistory.empty();
  private final Map<String, Duration> cpuAfterWarmUp = new TreeMap<>();
  private final Map<String, Duration> cpu = new TreeMap<>();
  private final Map<String, Long> peaks = new TreeMap<>();

  /** Null: not measured yet, or that failed. */
  private @Nullable RawRound raw;

  /** Null: it did not. */
  private @Nullable String rawFailure;

  /**
   * A benchmark.
   *
   * @param told hears of each site's round as it ends, on any thread
   */
  RoundsBenchmark(RoundsOptions options, Steps steps, Consumer<SiteRound> told) {
    this.options = options;
    this.steps = steps;
    this.told = told;
  }

  /** Runs rounds, then plain Kafka clients that move the same bytes. */
  RoundsResult run() throws Exception {
    return run(true);
  }

  /** Runs rounds for whoever is told of each. */
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
      long sent = bytesSentPerSite(folder);
      if (withRawLimit) {
        measureRawLimit(folder, sent);
      }
      return result(sent);
    } finally {
      drivers.forEach(Process::destroyForcibly);
      cluster.stopProcesses(Steps.silent());
      Folders.delete(working);
      Folders.delete(folder);
    }
  }

  /** Where RocksDB works: in memory, as deploy/README.md advises, where that can be had. */
  private static Path workingFolder(Path otherwise) throws IOException {
    return Files.createTempDirectory(
        Files.isWritable(MEMORY_FOLDER) ? MEMORY_FOLDER : otherwise, "swarm-bench-");
  }

  /** Rounds that were measured are worth having without it. */
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
    // Heap, managed, network and framework memory: all but metaspace and the JVM's own.
    settings.put("taskmanager.memory.process.size", "");
    settings.put("taskmanager.memory.flink.size", options.flinkMemoryMiB() + "m");
    settings.put(
        "taskmanager.memory.managed.size",
        Math.min(MOST_ROCKSDB_MIB, options.flinkMemoryMiB() / 8) + "m");
    settings.put("taskmanager.memory.network.min", "64m");
    settings.put("taskmanager.memory.network.max", "64m");
    // Both of the job's slots in one TaskManager; the other one stands by.
    settings.put("taskmanager.load-balance.mode", "NONE");
    return settings;
  }

  private void createContract(ProcessCluster cluster) throws Exception {
    SwarmProperties swarm = cluster.properties();
    new ContractTopics(swarm.kafkaEndpoint(), TopicOptions.defaults()).create(CONTRACT, PATIENCE);
    ModelLayout layout = ModelLayout.flat(options.parameters());
    try (ChainClient owner = ChainClient.signing(swarm.chainOptions(), cluster.owner())) {
      owner
          .administration()
          .createContract(
              new ContractTerms(
                  CONTRACT,
                  owner.network(),
                  options.method(),
                  options.sites(),
                  Duration.ofMinutes(30).toMillis(),
                  options.parameters(),
                  ChunkLayout.MAX_CHUNK_VALUES,
                  options.encoding(),
                  layout.hash().hex()),
              layout,
              cluster.coordinator().address());
      for (int site = 0; site < options.sites(); site++) {
        owner
            .administration()
            .enrolSite(CONTRACT, SiteDriver.key(site).address(), "site-" + (site + 1), 1);
      }
    }
  }

  private void drive(ProcessCluster cluster) throws Exception {
    long began = System.nanoTime();
    int processes = options.siteProcesses() ? options.sites() : 1;
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      Process driver = startDriver(cluster.folder(), i, options.sites() / processes);
      drivers.add(driver);
      Thread reader = new Thread(() -> readLines(driver), "bench-driver-" + i);
      reader.start();
      readers.add(reader);
    }
    Map<String, Long> pids = pids(cluster);
    while (drivers.stream().anyMatch(Process::isAlive)) {
      requireNoFailure(cluster.folder());
      sample(pids, (System.nanoTime() - began) / 1e9);
      Thread.sleep(MEMORY_SAMPLE_MILLIS);
    }
    requireNoFailure(cluster.folder());
    for (Thread reader : readers) {
      reader.join();
    }
  }

  /** At once: a site that is missing lets the others wait for it until their own deadline. */
  private void requireNoFailure(Path cluster) throws IOException {
    for (Process driver : drivers) {
      if (!driver.isAlive() && driver.exitValue() != 0) {
        throw new IllegalStateException(
            "the sites ended with an error; they said:\n" + DriverProcess.lastWords(cluster));
      }
    }
  }

  private Process startDriver(Path cluster, int index, int count) throws IOException {
    return DriverProcess.start(
        SiteDriver.class,
        options.siteHeapMiB(),
        cluster,
        List.of(
            cluster.toString(),
            CONTRACT,
            Integer.toString(index * count),
            Integer.toString(count),
            Integer.toString(options.allRounds()),
            options.modelsInFiles() ? "files" : "memory",
            options.isCrowd() ? "crowd" : "sites"));
  }

  private void readLines(Process driver) {
    ObjectMapper mapper = new ObjectMapper();
    try (BufferedReader lines = driver.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        SiteRound round = mapper.readValue(line, SiteRound.class);
        times.add(round);
        told.accept(round);
        markEndOfWarmUp(round);
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot read what a site says", e);
    }
  }

  private void markEndOfWarmUp(SiteRound round) {
    synchronized (cpu) {
      if (round.round() + 1 == options.warmUp() && cpuAfterWarmUp.isEmpty()) {
        cpuAfterWarmUp.putAll(cpu);
      }
    }
  }

  private Map<String, Long> pids(ProcessCluster cluster) throws Exception {
    Map<String, Long> pids = new TreeMap<>();
    for (PartStatus part : cluster.status().processes()) {
      part.pid().ifPresent(pid -> pids.put(part.label(), pid));
    }
    for (int i = 0; i < drivers.size(); i++) {
      pids.put(drivers.size() == 1 ? "sites" : "site-" + (i + 1), drivers.get(i).pid());
    }
    return pids;
  }

  private void sample(Map<String, Long> pids, double seconds) {
    Map<String, Long> resident = new TreeMap<>();
    synchronized (cpu) {
      pids.forEach(
          (name, pid) -> {
            resident.put(name, ProcessFigures.residentBytes(pid));
            peaks.merge(name, ProcessFigures.peakBytes(pid), Math::max);
            Duration used = ProcessFigures.cpu(pid);
            if (!used.isZero()) {
              cpu.put(name, used);
            }
          });
    }
    memory.add(seconds, resident);
  }

  private long bytesSentPerSite(Path folder) throws IOException {
    return Disk.bytes(folder.resolve("data/kafka"), CONTRACT + ".deltas-")
        / options.allRounds()
        / options.sites();
  }

  private RoundsResult result(long bytesSentPerSite) {
    RoundTimes rounds = new RoundTimes(times, options.sites(), options.warmUp());
    double full = rounds.fullRoundMillis();
    Map<String, Double> cpuSeconds = new TreeMap<>();
    cpu.forEach(
        (name, used) ->
            cpuSeconds.put(
                name,
                used.minus(cpuAfterWarmUp.getOrDefault(name, Duration.ZERO)).toMillis()
                    / 1e3
                    / options.rounds()));
    return new RoundsResult(
        options.sites(),
        options.parameters(),
        options.method(),
        options.encoding().code(),
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
        cpuSeconds,
        peaks,
        memory);
  }
}

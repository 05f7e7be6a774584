package io.swarmstream.lab.soak;

import io.swarmstream.cli.cluster.Disk;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.lab.cluster.LabContract;
import io.swarmstream.local.processes.FlinkJob;
import io.swarmstream.local.processes.ProcessCluster;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.SiteOptions;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.site.TrainingReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Runs rounds of a small contract one after the other, with sites that generate their deltas. */
final class Soak {
  static final String CONTRACT = "soak";
  private static final int PARAMETERS = 10_000;
  private static final int CHUNK_VALUES = 2_500;
  private static final int SITES = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Short, so that old deltas are deleted during the run. */
  private static final Duration RETENTION = Duration.ofMinutes(1);

  private final ProcessCluster cluster;
  private final int rounds;
  private final int sampleEvery;
  private long beganNanos;

  Soak(ProcessCluster cluster, int rounds, int sampleEvery) {
    this.cluster = cluster;
    this.rounds = rounds;
    this.sampleEvery = sampleEvery;
  }

  /** Runs all rounds and reports each sample. */
  void run(Consumer<Sample> told) throws Exception {
    SwarmProperties swarm = cluster.properties();
    createContract();
    SiteOptions options = SiteOptions.of(CONTRACT, swarm.kafkaEndpoint(), swarm.chainOptions());
    ExecutorService threads = Executors.newFixedThreadPool(SITES);
    List<SwarmSite> sites = new ArrayList<>();
    try {
      for (int site = 0; site < SITES; site++) {
        sites.add(SwarmSite.join(options, key(site)));
      }
      beganNanos = System.nanoTime();
      for (int round = 0; round <= rounds; round++) {
        round(threads, sites, round);
        if (round % sampleEvery == 0) {
          told.accept(sample(round));
        }
      }
    } finally {
      threads.shutdownNow();
      sites.forEach(SwarmSite::close);
    }
  }

  private void createContract() throws Exception {
    TopicOptions defaults = TopicOptions.defaults();
    TopicOptions topics =
        new TopicOptions(
            defaults.deltaPartitions(),
            defaults.modelPartitions(),
            1,
            RETENTION,
            RETENTION,
            defaults.modelLag());
    ModelLayout layout = ModelLayout.flat(PARAMETERS);
    LabContract.create(
        cluster,
        topics,
        network ->
            new ContractTerms(
                CONTRACT,
                network,
                "geomedian",
                SITES,
                10_000,
                PARAMETERS,
                CHUNK_VALUES,
                DeltaEncoding.FLOAT32,
                layout.hash().hex()),
        layout,
        IntStream.range(0, SITES).mapToObj(Soak::key).toList());
  }

  private static SiteKey key(int site) {
    return SiteKey.ofSeed(site + 1);
  }

  private static void round(ExecutorService threads, List<SwarmSite> sites, int round)
      throws Exception {
    List<Callable<Long>> syncs = new ArrayList<>();
    for (int site = 0; site < sites.size(); site++) {
      SwarmSite one = sites.get(site);
      float[] weights = weights(one, (long) round * SITES + site);
      syncs.add(() -> one.sync(weights, TrainingReport.empty(), PATIENCE).round());
    }
    for (Future<Long> merged : threads.invokeAll(syncs)) {
      long at = merged.get();
      if (at != round) {
        throw new IllegalStateException("expected round " + round + ", the swarm is at " + at);
      }
    }
  }

  /** The base model plus a little noise. */
  private static float[] weights(SwarmSite site, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] weights = site.base().map(base -> base.weights()).orElse(new float[PARAMETERS]);
    for (int i = 0; i < weights.length; i++) {
      weights[i] += (float) random.nextDouble(-1, 1);
    }
    return weights;
  }

  private Sample sample(long round) throws IOException, InterruptedException {
    Path kafka = cluster.folder().resolve("data/kafka");
    return new Sample(
        round,
        (System.nanoTime() - beganNanos) / 1e9,
        cluster.mainJob().map(FlinkJob::checkpointBytes).orElse(0L),
        cluster.taskManagerHeapBytes().orElse(0L),
        Disk.bytes(cluster.folder().resolve("data/flink"), "checkpoints"),
        Disk.bytes(kafka, CONTRACT + ".deltas-"),
        Disk.bytes(kafka, CONTRACT + ".models-"),
        Disk.bytes(kafka, CONTRACT + ".rounds-"),
        Disk.bytes(kafka, "__transaction_state-"));
  }
}

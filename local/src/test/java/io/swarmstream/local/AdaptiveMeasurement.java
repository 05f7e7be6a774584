package io.swarmstream.local;

import io.swarmstream.examples.digits.DemoDefaults;
import io.swarmstream.examples.digits.DigitSplit;
import io.swarmstream.examples.digits.Digits;
import io.swarmstream.examples.digits.SplitOptions;
import io.swarmstream.examples.digits.Trainer;
import io.swarmstream.examples.training.SiteTraining;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.layout.ChunkLayout;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.Merged;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.site.TrainingReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What adaptive intervals save, on a real swarm: the demo's hospitals train equally many batches by
 * contracts with fixed and with adaptive intervals. The figures of ADR 17.
 */
final class AdaptiveMeasurement {
  private static final int BATCHES = 480;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LocalSwarm swarm;
  private final DigitSplit split;
  private final long seed;

  private AdaptiveMeasurement(LocalSwarm swarm, DigitSplit split, long seed) {
    this.swarm = swarm;
    this.split = split;
    this.seed = seed;
  }

  public static void main(String[] args) throws Exception {
    try (LocalSwarm swarm = LocalSwarm.start(LocalSwarmOptions.defaults())) {
      for (long seed : new long[] {42, 43, 44}) {
        SplitOptions uneven = DemoDefaults.split(DemoDefaults.SITES, seed);
        SplitOptions even =
            new SplitOptions(uneven.sites(), Digits.CLASSES, 0, uneven.testShare(), uneven.seed());
        compare(swarm, "alike", even, seed);
        compare(swarm, "different", uneven, seed);
      }
    }
  }

  private static void compare(LocalSwarm swarm, String data, SplitOptions options, long seed)
      throws Exception {
    DigitSplit split = DigitSplit.of(Digits.load(), options);
    AdaptiveMeasurement measurement = new AdaptiveMeasurement(swarm, split, seed);
    for (int interval : new int[] {8, 16, 32, 64}) {
      measurement.run(data, interval, false);
    }
    for (int interval : new int[] {8, 16}) {
      measurement.run(data, interval, true);
    }
  }

  private void run(String data, int interval, boolean adaptive) throws Exception {
    String contract =
        "%s-%s-%d-%d".formatted(data, adaptive ? "adaptive" : "fixed", interval, seed);
    try (Trainer sample = trainer(0)) {
      ModelLayout layout = SiteTraining.layoutOf(sample);
      swarm.createContract(
          new ContractTerms(
              contract,
              swarm.owner().network(),
              "mean",
              DemoDefaults.SITES,
              PATIENCE.toMillis(),
              layout.parameterCount(),
              ChunkLayout.MAX_CHUNK_VALUES,
              DeltaEncoding.FLOAT32,
              adaptive ? interval : 0,
              layout.hash().hex(),
              Limits.NONE,
              PayloadHash.BLAKE3),
          layout);
    }
    ExecutorService threads = Executors.newFixedThreadPool(DemoDefaults.SITES);
    try {
      List<Future<List<Merged>>> running = new ArrayList<>();
      for (int site = 0; site < DemoDefaults.SITES; site++) {
        int index = site;
        SiteKey key = SiteKey.ofSeed(100 + site);
        swarm.enrol(contract, key, "hospital-" + site, 1);
        SwarmSite joined = swarm.join(contract, key);
        running.add(threads.submit(() -> train(joined, index, interval)));
      }
      report(contract, running.get(0).get());
      for (Future<List<Merged>> site : running) {
        site.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Merged> train(SwarmSite site, int index, int fixed) throws InterruptedException {
    List<Merged> rounds = new ArrayList<>();
    try (site;
        Trainer trainer = trainer(index)) {
      Merged merged = site.sync(trainer.weights(), TrainingReport.ofLoss(Double.NaN), PATIENCE);
      for (int left = BATCHES; left > 0; ) {
        trainer.load(merged.weights());
        int now = Math.min(left, merged.nextInterval() > 0 ? merged.nextInterval() : fixed);
        double loss = trainer.trainBatches(now);
        left -= now;
        merged = site.sync(trainer.weights(), TrainingReport.ofLoss(loss), PATIENCE);
        rounds.add(merged);
      }
    }
    return rounds;
  }

  private void report(String contract, List<Merged> rounds) {
    Merged last = rounds.get(rounds.size() - 1);
    double accuracy;
    try (Trainer trainer = trainer(0)) {
      trainer.load(last.weights());
      accuracy = trainer.evaluate(split.test()).accuracy();
    }
    System.out.printf(
        "%-24s %3d rounds, %,9d bytes a site, accuracy %.1f %%%n   %s%n",
        contract,
        rounds.size(),
        rounds.size() * last.summary().parameterCount() * Float.BYTES,
        100 * accuracy,
        IntStream.range(0, rounds.size())
            .mapToObj(i -> rounds.get(i).summary())
            .map(r -> "%.2f→%d".formatted(r.drift(), r.nextInterval()))
            .collect(Collectors.joining(" ")));
  }

  private Trainer trainer(int site) {
    return new Trainer(
        split.sites().get(site), seed, DemoDefaults.batchSeed(seed, site), DemoDefaults.trainer());
  }
}

package io.swarmstream.examples.digits;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Rounds of a swarm in one process, and what they are to be compared with. */
record SimulatedSwarm(
    DigitSplit split, TrainerOptions options, int rounds, int syncFrequency, long seed) {

  static SimulatedSwarm ofDefaults(int sites, int rounds, int syncFrequency, long seed) {
    DigitSplit split = DigitSplit.of(Digits.load(), DemoDefaults.split(sites, seed));
    return new SimulatedSwarm(split, DemoDefaults.trainer(), rounds, syncFrequency, seed);
  }

  /** Test accuracy of the merged model after the last round. */
  double swarm(ReferenceMerge method) {
    List<Trainer> sites =
        IntStream.range(0, split.sites().size())
            .mapToObj(i -> trainer(split.sites().get(i), i))
            .toList();
    float[] model = sites.get(0).weights();
    for (int round = 1; round <= rounds; round++) {
      float[] base = model;
      List<float[]> deltas = sites.parallelStream().map(site -> delta(site, base)).toList();
      model = plus(base, method.merge(deltas));
    }
    sites.get(0).load(model);
    double accuracy = sites.get(0).evaluate(split.test()).accuracy();
    sites.forEach(Trainer::close);
    return accuracy;
  }

  /** Test accuracy with all sites' samples in one place. */
  double pooled() {
    return alone(split.pooled(), split.sites().size());
  }

  /** Test accuracy of the best site that trains on its own samples only. */
  double bestAlone() {
    return IntStream.range(0, split.sites().size())
        .parallel()
        .mapToDouble(i -> alone(split.sites().get(i), i))
        .max()
        .orElseThrow();
  }

  private double alone(Samples data, int site) {
    try (Trainer trainer = trainer(data, site)) {
      trainer.trainBatches(rounds * syncFrequency);
      return trainer.evaluate(split.test()).accuracy();
    }
  }

  private Trainer trainer(Samples data, int site) {
    return new Trainer(data, seed, DemoDefaults.batchSeed(seed, site), options);
  }

  private float[] delta(Trainer site, float[] base) {
    site.load(base);
    site.trainBatches(syncFrequency);
    float[] delta = site.weights();
    for (int i = 0; i < delta.length; i++) {
      delta[i] -= base[i];
    }
    return delta;
  }

  private static float[] plus(float[] base, float[] delta) {
    float[] sum = Arrays.copyOf(base, base.length);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += delta[i];
    }
    return sum;
  }
}

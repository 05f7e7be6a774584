package io.swarmstream.cli.demo;

import io.swarmstream.examples.digits.DemoDefaults;
import io.swarmstream.examples.digits.DigitSplit;
import io.swarmstream.examples.digits.Evaluation;
import io.swarmstream.examples.digits.Samples;
import io.swarmstream.examples.digits.Trainer;
import java.util.ArrayList;
import java.util.List;

/**
 * The trainings that the swarm is compared with: the same network and the same number of
 * mini-batches, on each site's own data and on all sites' data together.
 */
public record Baselines(List<Curve> alone, Curve pooled) {

  static Baselines train(DigitSplit split, List<Hospital> hospitals, DemoOptions options) {
    List<Curve> alone = new ArrayList<>();
    for (Hospital site : hospitals) {
      alone.add(train(site.name(), site.samples(), site.batchSeed(), split.test(), options));
    }
    long batchSeed = DemoDefaults.batchSeed(options.seed(), hospitals.size());
    return new Baselines(
        List.copyOf(alone), train("pooled", split.pooled(), batchSeed, split.test(), options));
  }

  /** The site that achieves the best result without the others. */
  public Curve bestAlone() {
    Curve best = alone.get(0);
    for (Curve curve : alone) {
      if (curve.accuracy() > best.accuracy()) {
        best = curve;
      }
    }
    return best;
  }

  private static Curve train(
      String name, Samples data, long batchSeed, Samples test, DemoOptions options) {
    List<Evaluation> byRound = new ArrayList<>();
    try (Trainer trainer = new Trainer(data, options.seed(), batchSeed, DemoDefaults.trainer())) {
      byRound.add(trainer.evaluate(test));
      for (int round = 1; round <= options.rounds(); round++) {
        trainer.trainBatches(options.syncFrequency());
        byRound.add(trainer.evaluate(test));
      }
    }
    return new Curve(name, List.copyOf(byRound));
  }
}

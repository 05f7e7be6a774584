package io.swarmstream.lab.attack.suite;

import java.util.function.DoubleFunction;

/**
 * Attacks that all bad sites make together, with a factor chosen anew in each round: the one that
 * moves the merged delta farthest from the honest mean. The papers give fixed factors, which suit
 * the numbers of sites in their experiments; against other numbers they say little. Tuning against
 * the merge method follows Y. Allouah et al., "Fixing by mixing", 2023.
 */
final class Tuned {
  private static final double[] FACTORS = {0.1, 0.25, 0.5, 1, 1.5, 2, 3, 5, 10};

  private Tuned() {}

  /** G. Baruch et al., "A little is enough", 2019. */
  static float[][] little(AttackView view) {
    float[] mean = DeltaMath.mean(view.honest());
    float[] deviation = DeltaMath.deviation(view.honest(), mean);
    return farthest(view, mean, z -> DeltaMath.along(mean, -z, deviation));
  }

  /** C. Xie et al., "Fall of empires", 2020. */
  static float[][] innerProduct(AttackView view) {
    float[] mean = DeltaMath.mean(view.honest());
    return farthest(view, mean, factor -> DeltaMath.scaled(mean, -factor));
  }

  private static float[][] farthest(AttackView view, float[] mean, DoubleFunction<float[]> delta) {
    float[][] best = view.own();
    double most = -1;
    for (double factor : FACTORS) {
      float[][] sent = view.forAll(delta.apply(factor));
      double moved = DeltaMath.distance(view.merge().apply(sent), mean);
      if (moved > most) {
        most = moved;
        best = sent;
      }
    }
    return best;
  }
}

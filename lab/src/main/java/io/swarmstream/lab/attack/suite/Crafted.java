package io.swarmstream.lab.attack.suite;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Deltas that bad sites make from what they have trained, without knowing the merge method. */
final class Crafted {
  /** As in L. Li et al., "RSA", 2019. */
  private static final double SIGN_FLIP = -4;

  private static final double NOISE = 10;

  private Crafted() {}

  static float[][] zero(AttackView view) {
    return view.forAll(new float[view.last().length]);
  }

  static float[][] replay(AttackView view) {
    return view.forAll(view.last());
  }

  static float[][] signFlip(AttackView view) {
    return each(view, delta -> DeltaMath.scaled(delta, SIGN_FLIP));
  }

  static float[][] gaussian(AttackView view) {
    return each(
        view,
        delta -> {
          float[] noise = new float[delta.length];
          for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) view.random().nextGaussian();
          }
          return DeltaMath.scaled(noise, NOISE * DeltaMath.norm(delta) / DeltaMath.norm(noise));
        });
  }

  /** Model replacement by one site alone (E. Bagdasaryan et al., 2020). */
  static float[][] scaled(AttackView view) {
    return each(view, delta -> DeltaMath.scaled(delta, view.sites()));
  }

  /** Model replacement by all bad sites together. */
  static float[][] boosted(AttackView view) {
    double factor = (double) view.sites() / view.own().length;
    return each(view, delta -> DeltaMath.scaled(delta, factor));
  }

  static float[][] together(AttackView view) {
    float[] mean = DeltaMath.mean(view.own());
    double factor = DeltaMath.longest(view.honest()) / Math.max(DeltaMath.norm(mean), 1e-30);
    return view.forAll(DeltaMath.scaled(mean, factor));
  }

  private static float[][] each(AttackView view, UnaryOperator<float[]> craft) {
    return Arrays.stream(view.own()).map(craft).toArray(float[][]::new);
  }
}

package io.swarmstream.testkit.misfortune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The merge methods as they are defined, in plain float64 loops; rows are in participant order. */
final class ReferenceMerge {
  private ReferenceMerge() {}

  /** Weighted mean; zero where no participant counts. */
  static float[] mean(List<float[]> deltas, List<Integer> weights) {
    float[] merged = new float[deltas.get(0).length];
    for (int i = 0; i < merged.length; i++) {
      double sum = -0.0;
      double total = 0;
      for (int k = 0; k < deltas.size(); k++) {
        if (weights.get(k) > 0) {
          sum += (double) weights.get(k) * deltas.get(k)[i];
          total += weights.get(k);
        }
      }
      merged[i] = total == 0 ? 0 : (float) (sum / total);
    }
    return merged;
  }

  /**
   * Weighted median of each coordinate; the midpoint when half the weight lies on either side, zero
   * where no participant counts.
   */
  static float[] coordinateMedian(List<float[]> deltas, List<Integer> weights) {
    float[] merged = new float[deltas.get(0).length];
    for (int i = 0; i < merged.length; i++) {
      int coordinate = i;
      List<Integer> order = new ArrayList<>();
      long total = 0;
      for (int k = 0; k < deltas.size(); k++) {
        if (weights.get(k) > 0) {
          order.add(k);
          total += weights.get(k);
        }
      }
      order.sort(Comparator.comparing(k -> deltas.get(k)[coordinate]));
      merged[i] = total == 0 ? 0 : middle(deltas, weights, order, total, i);
    }
    return merged;
  }

  private static float middle(
      List<float[]> deltas, List<Integer> weights, List<Integer> order, long total, int i) {
    long below = 0;
    for (int place = 0; place < order.size(); place++) {
      float value = deltas.get(order.get(place))[i];
      below += weights.get(order.get(place));
      if (2 * below > total) {
        return value;
      }
      if (2 * below == total) {
        return (float) (((double) value + deltas.get(order.get(place + 1))[i]) / 2);
      }
    }
    throw new AssertionError("the weights do not add up to their sum");
  }

  /** The next model: base plus merged delta, kept finite. */
  static float[] next(float[] base, float[] merged) {
    float[] next = new float[base.length];
    for (int i = 0; i < next.length; i++) {
      float sum = base[i] + merged[i];
      next[i] = Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, sum));
    }
    return next;
  }
}

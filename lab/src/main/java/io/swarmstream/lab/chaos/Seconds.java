package io.swarmstream.lab.chaos;

import java.util.List;

/** Computes quantiles of a few times. */
final class Seconds {
  private Seconds() {}

  /**
   * The smallest time that is not exceeded by at least this share of the times; NaN when there are
   * none.
   */
  static double quantile(List<Double> times, double share) {
    List<Double> sorted = times.stream().filter(Double::isFinite).sorted().toList();
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    int index = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.get(Math.max(0, index));
  }
}

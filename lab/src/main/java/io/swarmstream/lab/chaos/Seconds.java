package io.swarmstream.lab.chaos;

import java.util.List;

/** Quantiles of a few times. */
final class Seconds {
  private Seconds() {}

  /** The smallest time that at least this share of the times does not exceed; NaN of none. */
  static double quantile(List<Double> times, double share) {
    List<Double> sorted = times.stream().filter(Double::isFinite).sorted().toList();
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    int index = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.get(Math.max(0, index));
  }
}

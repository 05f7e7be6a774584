package io.swarmstream.lab.bench.kernels;

import java.util.Arrays;
import java.util.Comparator;

/** Merges one coordinate in float64, directly from the definition of each method. */
final class ExactColumns {
  private ExactColumns() {}

  /** The midpoint of the least values whose cumulative weight reaches and exceeds half. */
  static double median(double[] values, int[] weights) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    long total = Arrays.stream(weights).asLongStream().sum();
    long sum = 0;
    double lower = Double.NaN;
    for (int i : order) {
      sum += weights[i];
      if (2 * sum >= total && Double.isNaN(lower)) {
        lower = values[i];
      }
      if (2 * sum > total) {
        return (lower + values[i]) / 2;
      }
    }
    throw new IllegalArgumentException("no weight is positive");
  }

  /** The mean without the {@code cut} lowest and the {@code cut} highest values. */
  static double trimmedMean(double[] values, int cut) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return Arrays.stream(sorted, cut, sorted.length - cut).average().orElseThrow();
  }

  static double weightedSum(double[] values, double[] coefficients) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += coefficients[i] * values[i];
    }
    return sum;
  }
}

package io.swarmstream.lab.attack.suite;

import java.util.Arrays;

/** Sums over deltas, in float64. */
final class DeltaMath {
  private DeltaMath() {}

  static float[] mean(float[][] rows) {
    float[] mean = new float[rows[0].length];
    for (int i = 0; i < mean.length; i++) {
      double sum = 0;
      for (float[] row : rows) {
        sum += row[i];
      }
      mean[i] = (float) (sum / rows.length);
    }
    return mean;
  }

  /** Standard deviation of each coordinate about {@link #mean}. */
  static float[] deviation(float[][] rows, float[] mean) {
    float[] deviation = new float[mean.length];
    for (int i = 0; i < mean.length; i++) {
      double sum = 0;
      for (float[] row : rows) {
        sum += ((double) row[i] - mean[i]) * (row[i] - mean[i]);
      }
      deviation[i] = (float) Math.sqrt(sum / rows.length);
    }
    return deviation;
  }

  /** The point {@code from + factor * step}. */
  static float[] along(float[] from, double factor, float[] step) {
    float[] sum = new float[from.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = (float) (from[i] + factor * step[i]);
    }
    return sum;
  }

  static float[] scaled(float[] row, double factor) {
    return along(new float[row.length], factor, row);
  }

  static double norm(float[] row) {
    return distance(row, new float[row.length]);
  }

  static double distance(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      double difference = (double) one[i] - other[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  static double longest(float[][] rows) {
    return Arrays.stream(rows).mapToDouble(DeltaMath::norm).max().orElse(0);
  }

  /** Whether a payload with these values would be admitted. */
  static boolean isFinite(float[] row) {
    for (float value : row) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}

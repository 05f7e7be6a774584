package io.swarmstream.merge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The methods once more, in float64, in the deltas' own dimension and without any shortcut.
 *
 * <p>Shares no code with the kernels.
 */
final class Reference {

  private Reference() {}

  static double[] mean(Rows rows) {
    double[] mean = new double[length(rows)];
    double total = total(rows);
    for (int j = 0; j < mean.length; j++) {
      for (int k : counted(rows)) {
        mean[j] += rows.weights()[k] * (double) rows.deltas()[k][j] / total;
      }
    }
    return mean;
  }

  /** Sorts each column and walks up to half of its weight. */
  static float[] median(Rows rows) {
    float[] median = new float[length(rows)];
    long total = (long) total(rows);
    for (int column = 0; column < median.length; column++) {
      int j = column;
      List<Integer> order = counted(rows);
      order.sort(Comparator.comparing(k -> rows.deltas()[k][j]));
      int at = 0;
      long sum = rows.weights()[order.get(0)];
      while (2 * sum < total) {
        sum += rows.weights()[order.get(++at)];
      }
      float low = rows.deltas()[order.get(at)][j];
      float high = 2 * sum == total ? rows.deltas()[order.get(at + 1)][j] : low;
      median[j] = (float) ((low + (double) high) / 2);
    }
    return median;
  }

  /** Kuhn's test on every input, then the fixed-point iteration on the best of them. */
  static double[] geometricMedian(Rows rows) {
    List<double[]> optimal = new ArrayList<>();
    double[] best = point(rows, counted(rows).get(0));
    for (int k : counted(rows)) {
      double[] here = point(rows, k);
      if (pull(rows, k) <= weightAt(rows, here) * (1 + 1e-11)
          && optimal.stream().noneMatch(other -> Arrays.equals(other, here))) {
        optimal.add(here);
      }
      best = objective(rows, here) < objective(rows, best) ? here : best;
    }
    if (optimal.isEmpty()) {
      return iterated(rows, best);
    }
    double[] middle = new double[length(rows)];
    for (double[] one : optimal) {
      for (int j = 0; j < middle.length; j++) {
        middle[j] += one[j] / optimal.size();
      }
    }
    return middle;
  }

  private static double[] iterated(Rows rows, double[] start) {
    double[] y = start;
    for (int i = 0; i < 4_000; i++) {
      double[] gradient = gradient(rows, y);
      double weight = weightAt(rows, y);
      double norm = norm(gradient);
      if (norm <= 1e-13 * total(rows)) {
        return y;
      }
      double slope = 0;
      for (int k : counted(rows)) {
        double distance = distance(point(rows, k), y);
        slope += distance == 0 ? 0 : rows.weights()[k] / distance;
      }
      double[] next = y.clone();
      for (int j = 0; j < y.length; j++) {
        next[j] -= Math.max(0, 1 - weight / norm) * gradient[j] / slope;
      }
      y = next;
    }
    return y;
  }

  /** Upper bound of (f(y) - minimum) / f(y), from the slope at y or at an input near y. */
  static double provenGap(Rows rows, double[] y) {
    double objective = objective(rows, y);
    double total = total(rows);
    double gap = 2 * Math.max(0, norm(gradient(rows, y)) - weightAt(rows, y)) / total;
    for (int k : counted(rows)) {
      double[] here = point(rows, k);
      double there = 2 * Math.max(0, pull(rows, k) - weightAt(rows, here)) / total;
      double above = Math.max(0, objective - objective(rows, here)) / objective;
      gap = Math.min(gap, there + above);
    }
    return objective == 0 ? 0 : gap;
  }

  /** Length of the sum of the unit pulls of all rows that lie elsewhere than row k. */
  static double pull(Rows rows, int k) {
    return norm(gradient(rows, point(rows, k)));
  }

  private static double[] gradient(Rows rows, double[] y) {
    double[] gradient = new double[y.length];
    for (int k : counted(rows)) {
      double[] x = point(rows, k);
      double distance = distance(x, y);
      for (int j = 0; j < y.length && distance > 0; j++) {
        gradient[j] += rows.weights()[k] * ((y[j] - x[j]) / distance);
      }
    }
    return gradient;
  }

  static double objective(Rows rows, double[] y) {
    double objective = 0;
    for (int k : counted(rows)) {
      objective += rows.weights()[k] * distance(point(rows, k), y);
    }
    return objective;
  }

  private static double weightAt(Rows rows, double[] y) {
    double weight = 0;
    for (int k : counted(rows)) {
      weight += Arrays.equals(point(rows, k), y) ? rows.weights()[k] : 0;
    }
    return weight;
  }

  static double[] combined(Rows rows, double[] coefficients) {
    double[] y = new double[length(rows)];
    for (int k = 0; k < coefficients.length; k++) {
      for (int j = 0; j < y.length && coefficients[k] != 0; j++) {
        y[j] += coefficients[k] * rows.deltas()[k][j];
      }
    }
    return y;
  }

  private static List<Integer> counted(Rows rows) {
    List<Integer> counted = new ArrayList<>();
    for (int k = 0; k < rows.weights().length; k++) {
      if (rows.weights()[k] > 0) {
        counted.add(k);
      }
    }
    return counted;
  }

  private static double[] point(Rows rows, int k) {
    double[] point = new double[length(rows)];
    for (int j = 0; j < point.length; j++) {
      point[j] = rows.deltas()[k][j];
    }
    return point;
  }

  static double distance(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int j = 0; j < a.length; j++) {
      difference[j] = a[j] - b[j];
    }
    return norm(difference);
  }

  private static double norm(double[] v) {
    double sum = 0;
    for (double value : v) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  private static int length(Rows rows) {
    return rows.deltas()[0].length;
  }

  private static double total(Rows rows) {
    return Arrays.stream(rows.weights()).asLongStream().sum();
  }
}

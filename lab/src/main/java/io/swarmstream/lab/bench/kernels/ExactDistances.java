package io.swarmstream.lab.bench.kernels;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Computes the methods that use distances between whole deltas; each distance is the root of a sum
 * of squares.
 */
final class ExactDistances {
  private static final int MOST_ITERATIONS = 1_000;
  private static final double ENOUGH = 1e-14;

  private final SiteDeltas deltas;
  private final Cores cores;

  ExactDistances(SiteDeltas deltas, Cores cores) {
    this.deltas = deltas;
    this.cores = cores;
  }

  /** Coefficients of the weighted mean that multi-Krum computes. */
  double[] multiKrum(int[] weights, int tolerated) throws InterruptedException {
    int n = weights.length;
    double[][] distances = betweenSites();
    double[] scores = new double[n];
    for (int i = 0; i < n; i++) {
      // The first distance is the site's distance to itself.
      scores[i] =
          Arrays.stream(distances[i])
              .map(d -> d * d)
              .sorted()
              .skip(1)
              .limit(n - tolerated - 2L)
              .sum();
    }
    double[] kept = new double[n];
    nearest(scores, n - tolerated).forEach(i -> kept[i] = weights[i]);
    return normalised(kept);
  }

  /** For each site, the {@code count} sites nearest to it, including itself. */
  int[][] neighbours(int count) throws InterruptedException {
    return Arrays.stream(betweenSites())
        .map(distances -> nearest(distances, count).toArray())
        .toArray(int[][]::new);
  }

  /** Coefficients of the geometric median, by Weiszfeld's iteration on the deltas themselves. */
  double[] geometricMedian(int[] weights) throws InterruptedException {
    double[] lambda = normalised(Arrays.stream(weights).asDoubleStream().toArray());
    for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
      double[] distances = from(lambda);
      double[] next = new double[lambda.length];
      Arrays.setAll(next, i -> weights[i] / distances[i]);
      double[] before = lambda;
      lambda = normalised(next);
      double[] now = lambda;
      if (IntStream.range(0, now.length).allMatch(i -> Math.abs(now[i] - before[i]) <= ENOUGH)) {
        return lambda;
      }
    }
    throw new IllegalStateException(
        "Weiszfeld's iteration has not converged after " + MOST_ITERATIONS + " steps");
  }

  private static IntStream nearest(double[] scores, int count) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> scores[i]))
        .limit(count)
        .mapToInt(i -> i);
  }

  private static double[] normalised(double[] values) {
    double sum = Arrays.stream(values).sum();
    return Arrays.stream(values).map(value -> value / sum).toArray();
  }

  private double[][] betweenSites() throws InterruptedException {
    int n = deltas.sites();
    double[][] distances = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] one = new double[n];
      one[i] = 1;
      distances[i] = from(one);
    }
    return distances;
  }

  /** Distances of all sites from the point that these coefficients define. */
  private double[] from(double[] coefficients) throws InterruptedException {
    int n = deltas.sites();
    double[][] squares = new double[deltas.chunkCount()][n];
    cores.each(squares.length, chunk -> add(deltas.chunk(chunk), coefficients, squares[chunk]));
    double[] distances = new double[n];
    for (double[] part : squares) {
      for (int site = 0; site < n; site++) {
        distances[site] += part[site];
      }
    }
    return Arrays.stream(distances).map(Math::sqrt).toArray();
  }

  private static void add(float[][] rows, double[] coefficients, double[] squares) {
    for (int i = 0; i < rows[0].length; i++) {
      double point = 0;
      for (int site = 0; site < rows.length; site++) {
        point += coefficients[site] * rows[site][i];
      }
      for (int site = 0; site < rows.length; site++) {
        double difference = rows[site][i] - point;
        squares[site] += difference * difference;
      }
    }
  }
}

package io.swarmstream.lab.bench.kernels;

import static io.swarmstream.lab.bench.kernels.Kernel.TOLERATED;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Computes a kernel's result in float64 from the method's definition, without any of the measured
 * code.
 */
final class Exact {
  private final SiteDeltas deltas;
  private final Cores cores;
  private final ToDoubleFunction<double[]> merge;

  /** Precomputes what depends on all deltas. */
  Exact(Kernel kernel, SiteDeltas deltas, Cores cores) throws InterruptedException {
    this.deltas = deltas;
    this.cores = cores;
    merge = merge(kernel, kernel.weights(deltas.sites()), new ExactDistances(deltas, cores));
  }

  private static ToDoubleFunction<double[]> merge(
      Kernel kernel, int[] weights, ExactDistances distances) throws InterruptedException {
    String method = kernel.specification().replaceAll(":.*", "");
    return switch (method) {
      case "mean" -> {
        double total = Arrays.stream(weights).sum();
        yield weighted(Arrays.stream(weights).mapToDouble(weight -> weight / total).toArray());
      }
      case "coordmedian" -> column -> ExactColumns.median(column, weights);
      case "trimmedmean" -> column -> ExactColumns.trimmedMean(column, TOLERATED);
      case "multikrum" -> weighted(distances.multiKrum(weights, TOLERATED));
      case "geomedian" -> weighted(distances.geometricMedian(weights));
      case "nnm+trimmedmean" -> mixed(distances.neighbours(weights.length - TOLERATED));
      default -> throw new IllegalArgumentException("no float64 reference for " + method);
    };
  }

  private static ToDoubleFunction<double[]> weighted(double[] coefficients) {
    return column -> ExactColumns.weightedSum(column, coefficients);
  }

  private static ToDoubleFunction<double[]> mixed(int[][] neighbours) {
    return column -> {
      double[] mixed = new double[column.length];
      for (int i = 0; i < mixed.length; i++) {
        for (int neighbour : neighbours[i]) {
          mixed[i] += column[neighbour];
        }
        mixed[i] /= neighbours[i].length;
      }
      return ExactColumns.trimmedMean(mixed, TOLERATED);
    };
  }

  /**
   * The largest error of a merged delta. Each coordinate's error is relative to the largest value
   * that any site has there.
   */
  double largestError(float[][] merged) throws InterruptedException {
    double[] errors = new double[merged.length];
    cores.each(
        merged.length, chunk -> errors[chunk] = largestError(deltas.chunk(chunk), merged[chunk]));
    return Arrays.stream(errors).max().orElseThrow();
  }

  private double largestError(float[][] rows, float[] merged) {
    double[] column = new double[rows.length];
    double largest = 0;
    for (int i = 0; i < merged.length; i++) {
      double scale = Float.MIN_NORMAL;
      for (int site = 0; site < rows.length; site++) {
        column[site] = rows[site][i];
        scale = Math.max(scale, Math.abs(column[site]));
      }
      largest = Math.max(largest, Math.abs(merged[i] - merge.applyAsDouble(column)) / scale);
    }
    return largest;
  }
}

package io.swarmstream.lab.bench.kernels;

import io.swarmstream.merge.CoordinateMerge;
import io.swarmstream.merge.Gram;
import io.swarmstream.merge.GramMerge;
import io.swarmstream.merge.MergeMethod;
import io.swarmstream.merge.MergeMethods;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * One of the product's merge methods. Runs as it does in a job: chunk by chunk, in one pass, or in
 * two passes with the Gram matrix between them.
 *
 * @param name name in the results
 * @param specification specification of the merge method
 * @param counted whether each site's weight is its number of samples; otherwise all weights are
 *     equal
 * @param takesAnyOrder whether the method guarantees identical bits for any order of the sites; the
 *     other methods receive the sites in canonical order
 * @param peers functions of other systems for the same purpose, by their names in {@code
 *     kernels.py}
 */
record Kernel(
    String name, String specification, boolean counted, boolean takesAnyOrder, List<String> peers) {
  /** Number of bad sites that robust methods tolerate; {@code kernels.py} uses the same number. */
  static final int TOLERATED = 1;

  static final Kernel MEAN =
      new Kernel(
          "mean",
          "mean",
          true,
          false,
          List.of("flower aggregate", "flower aggregate_inplace", "flower aggregate_arrayrecords"));
  static final Kernel COORDMEDIAN =
      new Kernel("coordmedian", "coordmedian", false, true, List.of("flower aggregate_median"));
  static final Kernel WEIGHTED_COORDMEDIAN =
      new Kernel("coordmedian, weighted", "coordmedian", true, true, List.of());
  static final Kernel TRIMMEDMEAN =
      new Kernel(
          "trimmedmean",
          "trimmedmean:" + TOLERATED,
          false,
          true,
          List.of("flower aggregate_trimmed_avg"));
  static final Kernel MULTIKRUM =
      new Kernel(
          "multikrum", "multikrum:" + TOLERATED, true, false, List.of("flower aggregate_krum"));
  static final Kernel GEOMEDIAN =
      new Kernel(
          "geomedian", "geomedian", true, false, List.of("geom_median numpy", "geom_median torch"));
  static final Kernel MIXED =
      new Kernel("nnm+trimmedmean", "nnm+trimmedmean:" + TOLERATED, false, false, List.of());

  static final List<Kernel> ALL =
      List.of(MEAN, COORDMEDIAN, WEIGHTED_COORDMEDIAN, TRIMMEDMEAN, MULTIKRUM, GEOMEDIAN, MIXED);

  /** Weights of {@code sites} sites. */
  int[] weights(int sites) {
    int[] weights = new int[sites];
    Arrays.setAll(weights, site -> counted ? samples(site) : 1);
    return weights;
  }

  private static int samples(int site) {
    return 400 + 37 * (site * 5 % 11);
  }

  /** Merges all chunks into {@code out}. */
  void merge(SiteDeltas deltas, Cores cores, float[][] out) throws InterruptedException {
    merge(deltas, weights(deltas.sites()), cores, IntUnaryOperator.identity(), out);
  }

  /** Merges all chunks with the given weights, in another order of chunks. */
  void merge(SiteDeltas deltas, int[] weights, Cores cores, IntUnaryOperator order, float[][] out)
      throws InterruptedException {
    MergeMethod method = MergeMethods.named(specification);
    if (method instanceof CoordinateMerge each) {
      cores.each(
          out.length,
          task -> {
            int chunk = order.applyAsInt(task);
            each.merge(deltas.chunk(chunk), weights, out[chunk]);
          });
    } else {
      twoPasses((GramMerge) method, deltas, weights, cores, order, out);
    }
  }

  private static void twoPasses(
      GramMerge method,
      SiteDeltas deltas,
      int[] weights,
      Cores cores,
      IntUnaryOperator order,
      float[][] out)
      throws InterruptedException {
    double[][] parts = new double[out.length][];
    cores.each(
        out.length,
        task -> {
          int chunk = order.applyAsInt(task);
          parts[chunk] = Gram.ofChunk(deltas.chunk(chunk), weights);
        });
    double[] gram = parts[0];
    for (int chunk = 1; chunk < parts.length; chunk++) {
      Gram.add(gram, parts[chunk]);
    }
    double[] coefficients = method.solve(gram, weights).coefficients();
    cores.each(
        out.length,
        task -> {
          int chunk = order.applyAsInt(task);
          method.apply(deltas.chunk(chunk), weights, coefficients, out[chunk]);
        });
  }
}

package io.swarmstream.merge;

import java.util.Arrays;

/**
 * How the deltas of a round lie to the merged delta m: the length of each, and its direction.
 *
 * <p>The cosine of a delta d is {@code d·m / (|d| |m|)}, from -1 to 1: 1 says that the site moved
 * where the swarm moved, 0 that it moved at a right angle to that, -1 that it moved in the opposite
 * direction. It does not depend on how long the delta is, so that a limit's scaling does not change
 * it. It describes a round; no merge method uses it.
 *
 * @param norms length of each delta, the root of its sum of squares, in the unit of the parameters
 * @param cosines cosine of the angle between each delta and the merged one; NaN where one of them
 *     has length 0 and therefore no direction
 * @param mergedNorm length of the merged delta
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Agreement(double[] norms, double[] cosines, double mergedNorm) {
  private static final int LANES = 256;

  /** Values of the merged delta that stay in the cache while all rows are compared with them. */
  private static final int TILE = 64 * LANES;

  /**
   * Computes the sums of one chunk from which an agreement is computed. The sums of all chunks add
   * up to those of the whole deltas.
   *
   * <p>Reads each row once. Sums in lanes and folds the lanes in index order, so the bits are the
   * same everywhere, and the squares are those of {@link NormLimit#squares}.
   *
   * @param deltas n rows, each as long as {@code merged}
   * @return the squared lengths of the n deltas, then their n inner products with the merged delta,
   *     then the squared length of the merged delta
   */
  public static double[] sums(float[][] deltas, float[] merged) {
    CountedRows.checkShape(deltas, merged.length);
    int n = deltas.length;
    double[][] squares = new double[n][LANES];
    double[][] products = new double[n][LANES];
    double[] mergedSquares = new double[LANES];
    double[] unused = new double[LANES];
    for (int tile = 0; tile < merged.length; tile += TILE) {
      int end = Math.min(merged.length, tile + TILE);
      for (int k = 0; k < n; k++) {
        add(deltas[k], merged, tile, end, squares[k], products[k]);
      }
      add(merged, merged, tile, end, mergedSquares, unused);
    }
    double[] sums = new double[2 * n + 1];
    for (int k = 0; k < n; k++) {
      sums[k] = fold(squares[k]);
      sums[n + k] = fold(products[k]);
    }
    sums[2 * n] = fold(mergedSquares);
    return sums;
  }

  private static void add(
      float[] row, float[] merged, int start, int end, double[] squares, double[] products) {
    for (int from = start; from < end; from += LANES) {
      addLanes(row, merged, from, Math.min(LANES, end - from), squares, products);
    }
  }

  /** A method of its own and a short loop, so that the compiler vectorises it. */
  private static void addLanes(
      float[] row, float[] merged, int from, int length, double[] squares, double[] products) {
    for (int l = 0; l < length; l++) {
      double value = row[from + l];
      squares[l] += value * value;
      products[l] += value * merged[from + l];
    }
  }

  private static double fold(double[] lanes) {
    double sum = 0;
    for (double lane : lanes) {
      sum += lane;
    }
    return sum;
  }

  /**
   * Computes the agreement of whole deltas.
   *
   * @param chunks the result of {@link #sums} for each chunk, in chunk order
   * @param deltas how many deltas the chunks have
   */
  public static Agreement of(Iterable<double[]> chunks, int deltas) {
    double[] sums = new double[2 * deltas + 1];
    chunks.forEach(chunk -> Gram.add(sums, chunk));
    double[] norms = Arrays.stream(sums, 0, deltas).map(Math::sqrt).toArray();
    double mergedNorm = Math.sqrt(sums[2 * deltas]);
    double[] cosines = new double[deltas];
    Arrays.setAll(cosines, k -> cosine(sums[deltas + k], norms[k], mergedNorm));
    return new Agreement(norms, cosines, mergedNorm);
  }

  /** Rounding may carry the quotient of two parallel vectors a little beyond 1. */
  private static double cosine(double product, double norm, double mergedNorm) {
    return norm == 0 || mergedNorm == 0
        ? Double.NaN
        : Math.max(-1, Math.min(1, product / (norm * mergedNorm)));
  }
}

package io.swarmstream.merge;

import java.util.Arrays;

/**
 * Computes partial Gram matrices: the inner products of a round's deltas, one chunk at a time.
 *
 * <p>Merge methods use only differences of deltas. Any centre common to all rows is therefore
 * valid, and each chunk may have its own. The centre determines the accuracy: entries cancel in
 * squared distances, so the centre has to lie among the rows that matter. The first row that counts
 * nearly always does. If the chunk's own matrix shows that this row lies far out, the chunk is
 * computed again about the coordinate-wise weighted median. The median lies among the other rows,
 * whatever values rows with less than half of the weight hold.
 */
public final class Gram {

  /**
   * Largest accepted squared distance of the centre from the medoid, as a multiple of the median
   * squared distance of the rows from the medoid. The precision of float64 shrinks by the same
   * factor.
   */
  private static final double FAR = 1e4;

  private Gram() {}

  /**
   * Computes the Gram matrix of one chunk about a centre among its rows of positive weight.
   *
   * @param deltas n rows of equal length, in the canonical order of the sites
   * @param weights n weights, none negative and at least one positive; rows of weight 0 have
   *     entries in the matrix, but no influence on the centre
   * @return n x n, row-major, exactly symmetric
   * @throws IllegalArgumentException if the shapes or the weights are not as above
   */
  public static double[] ofChunk(float[][] deltas, int[] weights) {
    int length = deltas.length == 0 ? 0 : deltas[0].length;
    CountedRows counted = CountedRows.of(deltas, weights, length);
    double[] gram = about(counted.rows()[0], deltas, length);
    return liesFarOut(gram, weights) ? aboutTheMedian(counted, deltas, length) : gram;
  }

  /**
   * Computes the Gram matrix of the rows followed by the zero point, which {@link #scaled}
   * requires.
   *
   * @return (n + 1) x (n + 1), about the same centre as {@link #ofChunk}; the first n rows and
   *     columns equal the result of {@code ofChunk}, bit for bit
   */
  public static double[] withZero(float[][] deltas, int[] weights) {
    int n = deltas.length;
    int length = n == 0 ? 0 : deltas[0].length;
    float[][] rows = Arrays.copyOf(deltas, n + 1);
    rows[n] = new float[length];
    return ofChunk(rows, Arrays.copyOf(weights, n + 1));
  }

  /**
   * Computes the Gram matrix of scaled rows from that of the rows {@linkplain #withZero with zero}.
   *
   * <p>A scaled row f x lies on the line from zero to x, as f x + (1 - f) 0. Its inner products,
   * about any centre that the chunks had, are therefore sums of known inner products. Entries
   * between rows of factor 1 are copied, so they lose no accuracy.
   *
   * @param factors one factor for each of the n rows
   * @return n x n, exactly symmetric
   */
  public static double[] scaled(double[] gramWithZero, double[] factors) {
    int n = factors.length;
    double[] scaled = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double product = product(gramWithZero, n + 1, i, factors[i], j, factors[j]);
        scaled[i * n + j] = product;
        scaled[j * n + i] = product;
      }
    }
    return scaled;
  }

  private static double product(double[] gram, int n, int i, double fi, int j, double fj) {
    double product = gram[i * n + j];
    if (fi == 1 && fj == 1) {
      return product;
    }
    int zero = n - 1;
    return fi * fj * product
        + fi * (1 - fj) * gram[i * n + zero]
        + fj * (1 - fi) * gram[j * n + zero]
        + (1 - fi) * (1 - fj) * gram[zero * n + zero];
  }

  private static double[] about(float[] centre, float[][] deltas, int length) {
    GramLanes lanes = new GramLanes(deltas.length);
    for (int from = 0; from < length; from += GramLanes.BLOCK) {
      lanes.add(deltas, from, Math.min(GramLanes.BLOCK, length - from), centre, from);
    }
    return lanes.matrix();
  }

  private static double[] aboutTheMedian(CountedRows counted, float[][] deltas, int length) {
    TileMedian median = TileMedian.of(counted);
    float[] centre = new float[length];
    for (int from = 0; from < length; from += TileMedian.LIMIT) {
      int tile = Math.min(TileMedian.LIMIT, length - from);
      median.median(counted.rows(), from, tile, centre, from);
    }
    return about(centre, deltas, length);
  }

  /**
   * Whether the centre lies far from the medoid, relative to the medoid's distances to all rows.
   */
  private static boolean liesFarOut(double[] gram, int[] weights) {
    int[] counted = CountedRows.kept(weights, weights.length);
    double[] nearest = new double[0];
    int medoid = counted[0];
    double least = Double.POSITIVE_INFINITY;
    for (int i : counted) {
      double[] squares = new double[counted.length];
      double sum = 0;
      for (int k = 0; k < counted.length; k++) {
        squares[k] = squaredDistance(gram, weights.length, i, counted[k]);
        sum += weights[counted[k]] * Math.sqrt(squares[k]);
      }
      if (sum < least) {
        least = sum;
        medoid = i;
        nearest = squares;
      }
    }
    Arrays.sort(nearest);
    double out = gram[medoid * weights.length + medoid];
    // Negated, so that NaN and infinity count as far out as well.
    return nearest.length == 0 || !(out <= FAR * nearest[nearest.length / 2]);
  }

  private static double squaredDistance(double[] gram, int n, int i, int j) {
    return Math.max(0, gram[i * n + i] + gram[j * n + j] - 2 * gram[i * n + j]);
  }

  /**
   * Adds a chunk's matrix to the sum of the preceding ones.
   *
   * <p>Callers add in chunk order, so the bits of the sum do not depend on the order of arrival.
   *
   * @throws IllegalArgumentException if the two matrices differ in size
   */
  public static void add(double[] sum, double[] part) {
    if (sum.length != part.length) {
      throw new IllegalArgumentException(
          "the sum has %d entries, the part %d; add parts of the same round's sites only"
              .formatted(sum.length, part.length));
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] += part[i];
    }
  }
}

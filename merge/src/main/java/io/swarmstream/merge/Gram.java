package io.swarmstream.merge;

import java.util.Arrays;

/**
 * Partial Gram matrices: the inner products of a round's deltas, one chunk at a time.
 *
 * <p>Differences of deltas are what a merge looks at, so any centre common to all rows will do, and
 * a different one in each chunk. The centre decides the accuracy: squared distances come from
 * cancelling entries, so it has to lie among the rows that matter. The first row that counts does
 * nearly always; where the chunk's own matrix shows that it lies far out, the chunk is done again
 * about the coordinate-wise weighted median, which lies among them whatever less than half of the
 * weight may hold.
 */
public final class Gram {

  /**
   * How much farther out than the others lie apart the centre may be, squared: of the digits of
   * float64 that many are lost.
   */
  private static final double FAR = 1e4;

  private Gram() {}

  /**
   * The Gram matrix of one chunk about a centre among its rows of positive weight.
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
   * The same of the rows and, behind them, the point zero, which the scaled rows of {@link #scaled}
   * are reached from.
   *
   * @return (n + 1) x (n + 1), about the centre that {@link #ofChunk} takes: its first n rows and
   *     columns are what that gives, bit for bit
   */
  public static double[] withZero(float[][] deltas, int[] weights) {
    int n = deltas.length;
    int length = n == 0 ? 0 : deltas[0].length;
    float[][] rows = Arrays.copyOf(deltas, n + 1);
    rows[n] = new float[length];
    return ofChunk(rows, Arrays.copyOf(weights, n + 1));
  }

  /**
   * The Gram matrix of scaled rows, from that of the rows {@linkplain #withZero with zero}.
   *
   * <p>A scaled row f x lies on the line from zero to x, as f x + (1 - f) 0, so its inner products
   * about whatever centre the chunks had are sums of those that are known. Nothing is lost about
   * rows that stay as they are: their entries are the old ones.
   *
   * @param factors one for each of the n rows
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

  /** Whether the centre is far from the medoid, by the measure of its distances to the others. */
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
    // Written so that NaN and infinity lie far out as well.
    return nearest.length == 0 || !(out <= FAR * nearest[nearest.length / 2]);
  }

  private static double squaredDistance(double[] gram, int n, int i, int j) {
    return Math.max(0, gram[i * n + i] + gram[j * n + j] - 2 * gram[i * n + j]);
  }

  /**
   * Adds a chunk's matrix to the sum of those before it.
   *
   * <p>Callers add in the order of the chunks, so that the bits of the sum do not depend on which
   * chunk arrived first.
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

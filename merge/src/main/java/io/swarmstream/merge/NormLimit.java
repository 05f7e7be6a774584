package io.swarmstream.merge;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The longest that a delta may be; a longer delta is scaled down to this length.
 *
 * <p>A multiple refers to the median length of the round's deltas, regardless of their weights: the
 * lower median of the deltas that count and are longer than 0. Zero deltas are excluded so that
 * sites that contribute nothing new cannot pull the limit down until no site can move the model. A
 * multiple applies only with at least three such deltas, so that no site alone decides what is
 * usual.
 *
 * @param value a length, or a multiple of the median length
 * @param ofMedian whether the value is a multiple
 */
public record NormLimit(double value, boolean ofMedian) {
  /** Minimum number of deltas that count for their median to set a limit. */
  public static final int LEAST_ROWS = 3;

  private static final int LANES = 256;

  public NormLimit {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "a norm limit of " + value + "; it has to be a number above 0");
    }
    if (ofMedian && value < 1) {
      throw new IllegalArgumentException(
          "a norm limit of "
              + value
              + " times the median would shorten most deltas of each round; it has to be at least 1");
    }
  }

  /**
   * Whether the limit may apply in a round, before the lengths are known. A fixed length does not
   * apply in round 0, which merges whole models.
   */
  public boolean holdsIn(long round, int[] weights) {
    return ofMedian ? counted(weights).length >= LEAST_ROWS : round > 0;
  }

  /**
   * Returns the longest that a delta of this round may be.
   *
   * @param norms one length for each delta
   * @param weights one weight for each delta; deltas of weight 0 are ignored
   * @return infinity when there are too few deltas to compare
   */
  public double of(double[] norms, int[] weights) {
    if (!ofMedian) {
      return value;
    }
    double[] sorted =
        Arrays.stream(counted(weights))
            .mapToDouble(k -> norms[k])
            .filter(norm -> norm > 0)
            .sorted()
            .toArray();
    return sorted.length < LEAST_ROWS
        ? Double.POSITIVE_INFINITY
        : value * sorted[(sorted.length - 1) / 2];
  }

  private static int[] counted(int[] weights) {
    return IntStream.range(0, weights.length).filter(k -> weights[k] > 0).toArray();
  }

  /** Returns the factor that scales a delta of this length; exactly 1 if it is within the limit. */
  public static double factor(double norm, double limit) {
    return norm > limit ? limit / norm : 1;
  }

  /**
   * Computes each row's contribution, from one chunk, to the squared length of its delta.
   *
   * <p>Sums in lanes and folds the lanes in index order, so the bits are the same everywhere. The
   * sum of a billion squares of float32 is far below the maximum of float64.
   */
  public static double[] squares(float[][] rows) {
    double[] squares = new double[rows.length];
    for (int k = 0; k < rows.length; k++) {
      double[] lanes = new double[LANES];
      for (int from = 0; from < rows[k].length; from += LANES) {
        addSquares(rows[k], from, Math.min(LANES, rows[k].length - from), lanes);
      }
      for (double lane : lanes) {
        squares[k] += lane;
      }
    }
    return squares;
  }

  private static void addSquares(float[] row, int from, int length, double[] lanes) {
    for (int l = 0; l < length; l++) {
      lanes[l] += (double) row[from + l] * row[from + l];
    }
  }

  /** Multiplies each row by its factor, in place; leaves rows of factor 1 untouched. */
  public static void scale(float[][] rows, double[] factors) {
    for (int k = 0; k < rows.length; k++) {
      if (factors[k] != 1) {
        scale(rows[k], factors[k]);
      }
    }
  }

  private static void scale(float[] row, double factor) {
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) (row[i] * factor);
    }
  }
}

package io.swarmstream.merge;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How long a delta may be; a longer one is scaled down to this length.
 *
 * <p>A multiple is one of the median length of the round's deltas, counted without their weights:
 * the lower median of those that count and are longer than 0. Sites that contribute nothing new do
 * not pull it down to where nobody can move the model; and no site decides alone what is usual,
 * since it holds only with three such deltas or more.
 *
 * @param value a length, or a multiple
 * @param ofMedian whether it is a multiple
 */
public record NormLimit(double value, boolean ofMedian) {
  /** Deltas that count from which on a median says what is usual. */
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
   * Whether the limit may hold in a round, before the lengths are known. A length says nothing in
   * round 0, which merges whole models.
   */
  public boolean holdsIn(long round, int[] weights) {
    return ofMedian ? counted(weights).length >= LEAST_ROWS : round > 0;
  }

  /**
   * The longest that a delta of this round may be.
   *
   * @param norms one for each delta
   * @param weights one for each delta; those of weight 0 are not looked at
   * @return infinite when there are too few to compare
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

  /** What a delta of this length is multiplied with; exactly 1 where it keeps to the limit. */
  public static double factor(double norm, double limit) {
    return norm > limit ? limit / norm : 1;
  }

  /**
   * Each row's share of its delta's squared length, of one chunk.
   *
   * <p>In lanes that are folded in index order, so that the bits are the same everywhere. The sum
   * of a billion squares of float32 is far from the end of float64.
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

  /** Multiplies each row by its factor, in its place; does not touch one whose factor is 1. */
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

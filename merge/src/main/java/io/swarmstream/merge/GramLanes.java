package io.swarmstream.merge;

import java.util.Arrays;

/**
 * Computes the inner products of every pair of rows, accumulated block by block in rows of lanes.
 *
 * <p>The latency of an addition limits a dot product with one accumulator. Here each pair has
 * {@value #LANES} accumulators side by side, which compile to vector instructions and are folded in
 * index order once at the end. The source fixes the order of every addition, so every machine and
 * compiler produces the same bits.
 */
final class GramLanes {

  private static final int LANES = 256;
  private static final int SLICES = 4;

  /** Coordinates per call of {@link #add}. */
  static final int BLOCK = LANES * SLICES;

  private final int rows;
  private final double[][][] centred;
  private final double[][] sums;

  GramLanes(int rows) {
    this.rows = rows;
    centred = new double[rows][SLICES][LANES];
    sums = new double[rows * (rows + 1) / 2][LANES];
  }

  /**
   * Adds the inner products of {@code deltas[*][from .. from + length)} minus {@code
   * centre[centreFrom ..]}.
   */
  void add(float[][] deltas, int from, int length, float[] centre, int centreFrom) {
    for (int s = 0; s < SLICES; s++) {
      int at = s * LANES;
      int lanes = Math.max(0, Math.min(LANES, length - at));
      int k = 0;
      for (; k + 4 <= rows; k += 4) {
        subtractFour(deltas, k, from + at, centre, centreFrom + at, s, lanes);
      }
      for (; k < rows; k++) {
        subtract(deltas[k], from + at, centre, centreFrom + at, centred[k][s], lanes);
      }
    }
    int pair = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j <= i; j++) {
        double[] sum = sums[pair++];
        if (deltas[i] != centre && deltas[j] != centre) {
          for (int s = 0; s < SLICES; s += 4) {
            multiply(sum, centred[i], centred[j], s);
          }
        }
      }
    }
  }

  private void subtractFour(
      float[][] deltas, int first, int from, float[] centre, int centreFrom, int slice, int lanes) {
    subtractFour(
        deltas[first],
        deltas[first + 1],
        deltas[first + 2],
        deltas[first + 3],
        from,
        centre,
        centreFrom,
        centred[first][slice],
        centred[first + 1][slice],
        centred[first + 2][slice],
        centred[first + 3][slice],
        lanes);
    for (int k = first; k < first + 4; k++) {
      Arrays.fill(centred[k][slice], lanes, LANES, 0);
    }
  }

  private static void subtractFour(
      float[] a,
      float[] b,
      float[] c,
      float[] d,
      int from,
      float[] centre,
      int centreFrom,
      double[] outA,
      double[] outB,
      double[] outC,
      double[] outD,
      int lanes) {
    for (int l = 0; l < lanes; l++) {
      double middle = centre[centreFrom + l];
      outA[l] = a[from + l] - middle;
      outB[l] = b[from + l] - middle;
      outC[l] = c[from + l] - middle;
      outD[l] = d[from + l] - middle;
    }
  }

  private static void subtract(
      float[] row, int from, float[] centre, int centreFrom, double[] out, int lanes) {
    for (int l = 0; l < lanes; l++) {
      out[l] = (double) row[from + l] - centre[centreFrom + l];
    }
    Arrays.fill(out, lanes, LANES, 0);
  }

  private static void multiply(double[] sum, double[][] left, double[][] right, int slice) {
    multiply(
        sum,
        left[slice],
        left[slice + 1],
        left[slice + 2],
        left[slice + 3],
        right[slice],
        right[slice + 1],
        right[slice + 2],
        right[slice + 3]);
  }

  /**
   * Multiplying two rows at a time would need fewer loads, but the loop is then too large to
   * vectorise.
   */
  private static void multiply(
      double[] sum,
      double[] a0,
      double[] a1,
      double[] a2,
      double[] a3,
      double[] b0,
      double[] b1,
      double[] b2,
      double[] b3) {
    for (int l = 0; l < LANES; l++) {
      sum[l] += (a0[l] * b0[l] + a1[l] * b1[l]) + (a2[l] * b2[l] + a3[l] * b3[l]);
    }
  }

  /** Returns all inner products so far, row-major and symmetric. */
  double[] matrix() {
    double[] matrix = new double[rows * rows];
    int pair = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j <= i; j++) {
        double product = 0;
        for (double lane : sums[pair++]) {
          product += lane;
        }
        matrix[i * rows + j] = product;
        matrix[j * rows + i] = product;
      }
    }
    return matrix;
  }
}

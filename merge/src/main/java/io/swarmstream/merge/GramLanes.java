package io.swarmstream.merge;

import java.util.Arrays;

/**
 * Inner products of every pair of rows, accumulated block by block in rows of lanes.
 *
 * <p>A dot product with one accumulator runs at the latency of an addition. Here each pair has
 * {@value #LANES} accumulators side by side, which compile to vector instructions and are folded in
 * index order once at the end: the order of every addition is in the source, so every machine and
 * compiler gives the same bits.
 */
final class GramLanes {

  private static final int LANES = 128;
  private static final int SLICES = 16;

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

  /** Adds the products of {@code deltas[*][from .. from + length) - centre}. */
  void add(float[][] deltas, int from, int length, float[] centre) {
    for (int k = 0; k < rows; k++) {
      for (int s = 0; s < SLICES; s++) {
        int lanes = Math.max(0, Math.min(LANES, length - s * LANES));
        subtract(deltas[k], from + s * LANES, centre, s * LANES, centred[k][s], lanes);
      }
    }
    int pair = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j <= i; j++) {
        double[] sum = sums[pair++];
        for (int s = 0; s < SLICES; s += 4) {
          multiply(sum, centred[i], centred[j], s);
        }
      }
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
    double[] a0 = left[slice];
    double[] a1 = left[slice + 1];
    double[] a2 = left[slice + 2];
    double[] a3 = left[slice + 3];
    double[] b0 = right[slice];
    double[] b1 = right[slice + 1];
    double[] b2 = right[slice + 2];
    double[] b3 = right[slice + 3];
    for (int l = 0; l < LANES; l++) {
      sum[l] += (a0[l] * b0[l] + a1[l] * b1[l]) + (a2[l] * b2[l] + a3[l] * b3[l]);
    }
  }

  /** All inner products so far, row-major and symmetric. */
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

package io.swarmstream.merge;

import java.util.Arrays;

/**
 * Sums rows of float32, each times its factor, in float64, and rounds once at the end.
 *
 * <p>Terms are added strictly in the order of the rows, so the bits are those of the plain double
 * loop over rows. Coordinates go by in tiles that keep the sums in the core's own cache, and four
 * rows are read at a time so that memory, not the loads of the sums, sets the pace.
 */
final class RowSum {

  private static final int TILE = 16_384;

  private RowSum() {}

  /** {@code out[j] = (float) ((sum over k of factors[k] * rows[k][j]) / divisor)}. */
  static void of(float[][] rows, double[] factors, double divisor, float[] out) {
    double[] sum = new double[Math.min(TILE, out.length)];
    for (int from = 0; from < out.length; from += TILE) {
      int length = Math.min(TILE, out.length - from);
      // Only -0 is neutral under addition: +0 would turn a lone -0 into +0.
      Arrays.fill(sum, -0.0);
      int k = 0;
      for (; k + 4 <= rows.length; k += 4) {
        addFour(sum, rows, factors, k, from, length);
      }
      for (; k < rows.length; k++) {
        addOne(sum, rows[k], factors[k], from, length);
      }
      round(sum, divisor, out, from, length);
    }
  }

  private static void addFour(
      double[] sum, float[][] rows, double[] factors, int first, int from, int length) {
    float[] a = rows[first];
    float[] b = rows[first + 1];
    float[] c = rows[first + 2];
    float[] d = rows[first + 3];
    double fa = factors[first];
    double fb = factors[first + 1];
    double fc = factors[first + 2];
    double fd = factors[first + 3];
    for (int i = 0; i < length; i++) {
      sum[i] = sum[i] + fa * a[from + i] + fb * b[from + i] + fc * c[from + i] + fd * d[from + i];
    }
  }

  private static void addOne(double[] sum, float[] row, double factor, int from, int length) {
    for (int i = 0; i < length; i++) {
      sum[i] += factor * row[from + i];
    }
  }

  private static void round(double[] sum, double divisor, float[] out, int from, int length) {
    for (int i = 0; i < length; i++) {
      out[from + i] = (float) (sum[i] / divisor);
    }
  }
}

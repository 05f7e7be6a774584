package io.swarmstream.merge;

/**
 * Sums rows of float32, each multiplied by its factor, in float64, and rounds once at the end.
 *
 * <p>Terms are added strictly in the order of the rows, so the bits equal those of a plain double
 * loop over rows. Coordinates are processed in tiles whose sums stay in the core's own cache. Four
 * rows are read at a time, so that memory, not the loads of the sums, limits the speed.
 */
final class RowSum {

  private static final int TILE = 4_096;

  private RowSum() {}

  /** {@code out[j] = (float) ((sum over k of factors[k] * rows[k][j]) / divisor)}. */
  static void of(float[][] rows, double[] factors, double divisor, float[] out) {
    of(rows, 0, factors, divisor, out, 0, out.length);
  }

  /** Sums {@code rows[*][from .. from + length)} in the same way, into {@code out[outFrom ..]}. */
  static void of(
      float[][] rows,
      int from,
      double[] factors,
      double divisor,
      float[] out,
      int outFrom,
      int length) {
    double[] sum = new double[Math.min(TILE, length)];
    for (int done = 0; done < length; done += TILE) {
      int tile = Math.min(TILE, length - done);
      add(sum, rows, factors, from + done, tile);
      if (divisor != 1) {
        divide(sum, divisor, tile);
      }
      round(sum, out, outFrom + done, tile);
    }
  }

  private static void add(double[] sum, float[][] rows, double[] factors, int from, int length) {
    int k;
    if (rows.length >= 4) {
      setFour(sum, rows, factors, from, length);
      k = 4;
    } else {
      setOne(sum, rows[0], factors[0], from, length);
      k = 1;
    }
    for (; k + 4 <= rows.length; k += 4) {
      addFour(sum, rows, factors, k, from, length);
    }
    for (; k < rows.length; k++) {
      addOne(sum, rows[k], factors[k], from, length);
    }
  }

  private static void setFour(
      double[] sum, float[][] rows, double[] factors, int from, int length) {
    float[] a = rows[0];
    float[] b = rows[1];
    float[] c = rows[2];
    float[] d = rows[3];
    double fa = factors[0];
    double fb = factors[1];
    double fc = factors[2];
    double fd = factors[3];
    for (int i = 0; i < length; i++) {
      sum[i] = fa * a[from + i] + fb * b[from + i] + fc * c[from + i] + fd * d[from + i];
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

  private static void setOne(double[] sum, float[] row, double factor, int from, int length) {
    for (int i = 0; i < length; i++) {
      sum[i] = factor * row[from + i];
    }
  }

  private static void addOne(double[] sum, float[] row, double factor, int from, int length) {
    for (int i = 0; i < length; i++) {
      sum[i] += factor * row[from + i];
    }
  }

  /** Separate from the rounding: division compiles to vector instructions, rounding does not. */
  private static void divide(double[] sum, double divisor, int length) {
    for (int i = 0; i < length; i++) {
      sum[i] /= divisor;
    }
  }

  private static void round(double[] sum, float[] out, int from, int length) {
    for (int i = 0; i < length; i++) {
      out[from + i] = (float) sum[i];
    }
  }
}

package io.swarmstream.merge;

import java.util.Arrays;

/** The second pass of a {@link GramMerge}: applies the coefficients it found to one chunk. */
public final class WeightedSum {

  private WeightedSum() {}

  /**
   * Computes {@code out[j] = (float) sum over k of coefficients[k] * deltas[k][j]}, in float64 and
   * in the order of k.
   *
   * <p>A row whose coefficient is 0 is not read, so none of its values can affect the sum. A single
   * coefficient of 1 among zeros copies its row bit for bit.
   *
   * @param deltas one row per site, in the canonical order, each of exactly {@code out.length}
   *     values
   * @param coefficients one finite factor per row, not all 0
   * @throws IllegalArgumentException if the shapes or the coefficients are not as above
   */
  public static void of(float[][] deltas, double[] coefficients, float[] out) {
    CountedRows.checkShape(deltas, out.length);
    if (coefficients.length != deltas.length) {
      throw new IllegalArgumentException(
          "%d coefficients for %d deltas; pass one coefficient for each delta"
              .formatted(coefficients.length, deltas.length));
    }
    float[][] rows = new float[deltas.length][];
    double[] factors = new double[deltas.length];
    int count = 0;
    for (int k = 0; k < deltas.length; k++) {
      if (!Double.isFinite(coefficients[k])) {
        throw new IllegalArgumentException(
            "coefficient %d is %s; solve again from a Gram matrix of finite deltas"
                .formatted(k, coefficients[k]));
      }
      if (coefficients[k] != 0) {
        rows[count] = deltas[k];
        factors[count++] = coefficients[k];
      }
    }
    if (count == 0) {
      throw new IllegalArgumentException(
          "all %d coefficients are 0; pass coefficients that sum to 1".formatted(deltas.length));
    }
    if (count == 1 && factors[0] == 1) {
      System.arraycopy(rows[0], 0, out, 0, out.length);
    } else {
      RowSum.of(Arrays.copyOf(rows, count), factors, 1, out);
    }
  }
}

package io.swarmstream.merge;

/**
 * The weighted mean, as in federated averaging: {@code sum w_k x_k / sum w_k}.
 *
 * <p>Products, sum and quotient are float64 and only the quotient is rounded to float32, which
 * makes nearly every coordinate the correctly rounded one. The last bit may depend on the order of
 * the rows, hence the canonical order.
 */
final class Mean implements CoordinateMerge {

  @Override
  public String name() {
    return "mean";
  }

  /** Its weights say who has how much data; one site with most of it is nothing unusual. */
  @Override
  public UsualLimit usualLimit() {
    return UsualLimit.NORM;
  }

  @Override
  public void merge(float[][] deltas, int[] weights, float[] out) {
    CountedRows counted = CountedRows.of(deltas, weights, out.length);
    double[] factors = new double[counted.weights().length];
    long total = 0;
    for (int k = 0; k < factors.length; k++) {
      factors[k] = counted.weights()[k];
      total += counted.weights()[k];
    }
    RowSum.of(counted.rows(), factors, (double) total, out);
  }
}

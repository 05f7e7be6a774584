package io.swarmstream.merge;

/**
 * The weighted mean, as in federated averaging: {@code sum w_k x_k / sum w_k}.
 *
 * <p>Products, sum and quotient are float64. Only the quotient is rounded to float32, so nearly
 * every coordinate is correctly rounded. The last bit can depend on the order of the rows, hence
 * the canonical order.
 */
final class Mean implements CoordinateMerge {

  @Override
  public String name() {
    return "mean";
  }

  /**
   * Limits norms instead of shares: weights state who has how much data, and one site often has
   * most.
   */
  @Override
  public UsualLimit usualLimit() {
    return UsualLimit.NORM;
  }

  /** What a site does not send now counts in a later round, as part of the sum. */
  @Override
  public boolean mergesSparse() {
    return true;
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

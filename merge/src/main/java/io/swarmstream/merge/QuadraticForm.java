package io.swarmstream.merge;

/**
 * Computes squared lengths of combinations of places from their coefficients and inner products.
 */
final class QuadraticForm {

  private QuadraticForm() {}

  /** {@code sum v_i v_j gram_ij} for an n x n row-major matrix. */
  static double of(double[] gram, double[] v) {
    int n = v.length;
    double form = 0;
    for (int i = 0; i < n; i++) {
      if (v[i] != 0) {
        form += v[i] * row(gram, i, v);
      }
    }
    return form;
  }

  /** {@code sum over j of v_j gram_ij}. */
  static double row(double[] gram, int i, double[] v) {
    int n = v.length;
    double product = 0;
    for (int j = 0; j < n; j++) {
      product += gram[i * n + j] * v[j];
    }
    return product;
  }
}

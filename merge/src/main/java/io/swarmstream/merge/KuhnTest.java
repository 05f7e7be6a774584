package io.swarmstream.merge;

/**
 * Tests whether a place is itself a geometric median.
 *
 * <p>At a place the objective has a kink instead of a gradient. The place is optimal if and only if
 * its own weight is at least |R|, where R is the sum of the other weights' unit pulls. Source: H.
 * W. Kuhn, "A note on Fermat's problem", Mathematical Programming 4, 1973.
 */
final class KuhnTest {

  private KuhnTest() {}

  /** Returns |R| at place {@code k}, from inner products about that place. */
  static double pull(double[] gramAboutK, double[] weights, int k) {
    int n = weights.length;
    double[] pulls = new double[n];
    for (int i = 0; i < n; i++) {
      pulls[i] = i == k ? 0 : weights[i] / Math.sqrt(gramAboutK[i * n + i]);
    }
    return Math.sqrt(Math.max(0, QuadraticForm.of(gramAboutK, pulls)));
  }
}

package io.swarmstream.merge;

/**
 * Weiszfeld's iteration for the geometric median, in the coefficients of the places.
 *
 * <p>With y the current point, {@code a_i = w_i / |y - x_i|} and A the sum of the a_i, the next
 * point is {@code sum a_i x_i / A}, and the gradient is A times the step back. The iteration starts
 * beside the best place, at the step of Y. Vardi and C.-H. Zhang ("The multivariate L1-median and
 * associated data depth", PNAS 97, 2000). That point lies below the objective of every place, so no
 * later point can coincide with a place. No constant is added to distances, and nothing depends on
 * the unit of the deltas.
 *
 * <p>As {@code |y - optimum| <= 2 f(y) / W}, a gradient g proves {@code (f(y) - minimum) / f(y) <=
 * 2 |g| / W}. This bound is the gap and the stopping criterion.
 */
final class Weiszfeld {

  static final double ENOUGH = 1e-12;
  static final int MOST_ITERATIONS = 5_000;

  private final double[] gram;
  private final double[] weights;
  private final double totalWeight;
  private double[] lambda;
  private int iterations;
  private double gap;

  /** Starts beside place {@code best}; {@code gram} has to be centred about it. */
  Weiszfeld(double[] gram, double[] weights, double totalWeight, int best) {
    this.gram = gram;
    this.weights = weights;
    this.totalWeight = totalWeight;
    lambda = firstStep(best);
  }

  private double[] firstStep(int best) {
    int n = weights.length;
    double[] step = new double[n];
    for (int i = 0; i < n; i++) {
      step[i] = i == best ? 0 : weights[i] / Math.sqrt(gram[i * n + i]);
    }
    normalise(step);
    double stay = Math.min(1, weights[best] / KuhnTest.pull(gram, weights, best));
    for (int i = 0; i < n; i++) {
      step[i] *= 1 - stay;
    }
    step[best] = stay;
    return step;
  }

  /** Iterates until the gap is small enough or the iterations are used up. */
  void run() {
    Distances distances = new Distances(gram);
    while (true) {
      double[] next = distances.from(lambda);
      for (int i = 0; i < next.length; i++) {
        next[i] = weights[i] / next[i];
      }
      double sum = normalise(next);
      double[] back = new double[next.length];
      for (int i = 0; i < back.length; i++) {
        back[i] = lambda[i] - next[i];
      }
      double length = Math.sqrt(Math.max(0, QuadraticForm.of(gram, back)));
      gap = 2 * sum * length / totalWeight;
      if (gap <= ENOUGH || iterations == MOST_ITERATIONS) {
        return;
      }
      lambda = next;
      iterations++;
    }
  }

  /** Scales the values to sum 1 and returns their previous sum. */
  private static double normalise(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] /= sum;
    }
    return sum;
  }

  /** Returns the coefficients of the places at the last point. */
  double[] lambda() {
    return lambda;
  }

  int iterations() {
    return iterations;
  }

  /** Returns the gap proved at the last point. */
  double gap() {
    return gap;
  }
}

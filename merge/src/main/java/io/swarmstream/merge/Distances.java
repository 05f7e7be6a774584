package io.swarmstream.merge;

import java.util.Arrays;

/**
 * Computes distances from a point to every place, from inner products only.
 *
 * <p>The short formula {@code |x_i|^2 - 2 <x_i, y> + |y|^2} loses all its digits as y approaches
 * x_i, so near x_i the difference itself is squared. A floor keeps the result above rounding error:
 * it is the least length that the form can tell from 0. The floor also prevents a division by 0
 * when the point coincides with a place.
 */
final class Distances {

  /** Share of a place's own square below which the short formula is too inaccurate. */
  private static final double CANCELLING = 1e-3;

  private static final double NOISE = Math.ulp(1.0);

  private final double[] gram;

  /** Lengths of the places, about the centre of the matrix. */
  private final double[] lengths;

  /** Replaces a distance of exactly 0. */
  private final double least;

  Distances(double[] gram) {
    int n = (int) Math.sqrt(gram.length);
    this.gram = gram;
    lengths = new double[n];
    for (int i = 0; i < n; i++) {
      lengths[i] = Math.sqrt(gram[i * n + i]);
    }
    least = NOISE * Arrays.stream(lengths).filter(length -> length > 0).min().orElse(1);
  }

  /**
   * Returns the distances of all places from the point of coefficients {@code lambda}, which sum to
   * 1.
   */
  double[] from(double[] lambda) {
    int n = lambda.length;
    double[] distances = new double[n];
    double square = 0;
    for (int i = 0; i < n; i++) {
      distances[i] = QuadraticForm.row(gram, i, lambda);
      square += lambda[i] * distances[i];
    }
    for (int i = 0; i < n; i++) {
      double own = gram[i * n + i];
      double squared = own - 2 * distances[i] + square;
      distances[i] =
          Math.sqrt(squared >= CANCELLING * own && own > 0 ? squared : direct(lambda, i));
    }
    return distances;
  }

  private double direct(double[] lambda, int i) {
    double[] difference = lambda.clone();
    difference[i] -= 1;
    double reach = 0;
    for (int j = 0; j < difference.length; j++) {
      reach += Math.abs(difference[j]) * lengths[j];
    }
    double floor = Math.max(NOISE * reach * reach, least * least);
    return Math.max(QuadraticForm.of(gram, difference), floor);
  }
}

package io.swarmstream.merge;

import java.util.Arrays;

/**
 * The coefficients that a {@link GramMerge} found, and a bound on their error.
 *
 * <p>Two solutions are equal when their coefficients, iterations and gap are equal, value by value.
 *
 * @param coefficients input of the second pass. Usually one per row, summing to 1 up to rounding:
 *     the merged delta is the sum of coefficient times row. A result that is one of the rows has
 *     coefficient exactly 1 there and 0 elsewhere.
 * @param iterations steps of the search; 0 if no search was needed
 * @param gap upper bound on how much the objective could still fall, as a share of its value:
 *     {@code (f - minimum) / f <= gap}. 0 means optimal to the precision of float64.
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, compared by content
public record GramSolution(double[] coefficients, int iterations, double gap) {

  public GramSolution {
    coefficients = coefficients.clone();
  }

  @Override
  public double[] coefficients() {
    return coefficients.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GramSolution that
        && Arrays.equals(coefficients, that.coefficients)
        && iterations == that.iterations
        && Double.compare(gap, that.gap) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(coefficients) + iterations) + Double.hashCode(gap);
  }

  @Override
  public String toString() {
    return "GramSolution[coefficients=%s, iterations=%d, gap=%s]"
        .formatted(Arrays.toString(coefficients), iterations, gap);
  }
}

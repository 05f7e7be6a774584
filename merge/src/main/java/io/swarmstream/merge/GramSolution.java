package io.swarmstream.merge;

import java.util.Arrays;

/**
 * The coefficients a {@link GramMerge} found, and how sure it is of them.
 *
 * <p>Two solutions are equal when their coefficients, iterations and gap are, value by value.
 *
 * @param coefficients what the second pass needs; as a rule one per row, summing to 1 up to
 *     rounding: the merged delta is the sum of coefficient times row. A result that is one of the
 *     rows has coefficient exactly 1 there and 0 elsewhere.
 * @param iterations steps of the search; 0 if the answer needed none
 * @param gap upper bound on how much the objective could still fall, as a share of its value:
 *     {@code (f - minimum) / f <= gap}. 0 means optimal as far as float64 can tell.
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

package io.swarmstream.merge;

import java.util.Arrays;

/**
 * No row's share of the weight reaches a limit, when three rows or more count.
 *
 * <p>Weights are lowered to the largest whole number c with which {@code min(w, c)} keeps to it. So
 * no weight is raised, 0 stays 0, those who ask for more never get less than those who ask for
 * less, and the result depends on no order. Of two rows one has half of the weight at least: then
 * nothing is changed.
 *
 * @param numerator of the limit
 * @param denominator of the limit, which is above a third and below 1: three rows of weight 1 keep
 *     to it
 */
public record ShareLimit(int numerator, int denominator) {
  /** Rows of positive weight from which on shares are limited. */
  public static final int LEAST_ROWS = 3;

  private static final int LARGEST_DENOMINATOR = 1_000;

  public ShareLimit {
    if (denominator < 1
        || denominator > LARGEST_DENOMINATOR
        || numerator >= denominator
        || 3 * numerator <= denominator) {
      throw new IllegalArgumentException(
          "a share limit of %d/%d; it has to be above 1/3 and below 1, with a denominator of at most %d"
              .formatted(numerator, denominator, LARGEST_DENOMINATOR));
    }
  }

  /**
   * The weights that keep to the limit.
   *
   * @param weights none negative
   * @return a new array
   */
  public int[] of(int[] weights) {
    if (Arrays.stream(weights).filter(weight -> weight > 0).count() < LEAST_ROWS) {
      return weights.clone();
    }
    int keeps = 1;
    int most = Arrays.stream(weights).max().orElse(1);
    while (keeps < most) {
      int middle = (int) ((1L + keeps + most) / 2);
      if (isKept(weights, middle)) {
        keeps = middle;
      } else {
        most = middle - 1;
      }
    }
    int cap = keeps;
    return Arrays.stream(weights).map(weight -> Math.min(weight, cap)).toArray();
  }

  /** Whether the largest share is below the limit; once it is not, it is with no greater cap. */
  private boolean isKept(int[] weights, int cap) {
    long sum = 0;
    long largest = 0;
    for (int weight : weights) {
      int capped = Math.min(weight, cap);
      sum += capped;
      largest = Math.max(largest, capped);
    }
    return largest * denominator < sum * numerator;
  }
}

package io.swarmstream.merge;

import java.util.Arrays;

/**
 * Keeps each row's share of the weight below a limit when at least three rows count.
 *
 * <p>It caps the weights at the largest whole number c for which {@code min(w, c)} satisfies the
 * limit. It therefore raises no weight and keeps 0 at 0. A site that asks for more never gets less
 * than a site that asks for less, and the result does not depend on the order. With two rows, one
 * always has at least half of the weight, so nothing is changed.
 *
 * @param numerator of the limit
 * @param denominator of the limit, which is above a third and below 1, so that three rows of weight
 *     1 satisfy it
 */
public record ShareLimit(int numerator, int denominator) {
  /** Minimum number of rows of positive weight for the limit to apply. */
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
   * Returns the weights, capped to satisfy the limit.
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

  /**
   * Whether the largest share is below the limit. If it is not, no greater cap satisfies the limit.
   */
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

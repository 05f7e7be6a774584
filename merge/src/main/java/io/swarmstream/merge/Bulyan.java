package io.swarmstream.merge;

import java.util.Arrays;

/**
 * Bulyan: takes n - 2F deltas, each the one that Krum chooses among those that are left, and
 * averages in each coordinate the n - 4F of their values that are nearest to the median. Rows of
 * positive weight count alike, whatever their weight.
 *
 * <p>A delta that is near the others as a whole may be far from them in a few coordinates; the
 * second step leaves out such values. Of two deltas with the same score, the first step takes the
 * one that comes first in the canonical order.
 *
 * <p>Of m deltas that are left, Krum compares each with the m - F - 2 nearest others, which needs m
 * of at least 2F + 3. The last two steps have fewer, and compare with F + 1 others, so that F bad
 * deltas that lie together do not vouch for each other.
 *
 * <p>Source: E. M. El Mhamdi, R. Guerraoui and S. Rouault, "The hidden vulnerability of distributed
 * learning in Byzantium", 2018.
 */
final class Bulyan implements GramMerge {
  static final String NAME = "bulyan";

  private final int tolerated;

  Bulyan(int tolerated) {
    this.tolerated = tolerated;
  }

  @Override
  public String name() {
    return NAME + ":" + tolerated;
  }

  @Override
  public int minParticipants() {
    return 4 * tolerated + 3;
  }

  @Override
  public UsualLimit usualLimit() {
    return UsualLimit.NONE;
  }

  /** The second step, which merges the deltas that the first has taken. */
  CoordinateMerge secondStep() {
    return new MeanAroundMedian(name(), 2 * tolerated);
  }

  /** The first step: coefficient 1 for each delta that is taken, else 0. */
  @Override
  public GramSolution solve(double[] gram, int[] weights) {
    SquaredDistances distances = SquaredDistances.of(gram, weights);
    int n = distances.count();
    Participants.require(this, n);
    double[][] sorted = new double[n][];
    Arrays.setAll(sorted, distances::sortedFrom);
    boolean[] taken = new boolean[n];
    double[] coefficients = new double[weights.length];
    for (int left = n; left > 2 * tolerated; left--) {
      int nearest = Math.min(left - 1, Math.max(tolerated + 1, left - tolerated - 2));
      int best = lowest(sorted, taken, nearest);
      taken[best] = true;
      coefficients[distances.row(best)] = 1;
      for (int i = 0; i < n; i++) {
        remove(sorted[i], left, distances.between(i, best));
      }
    }
    return new GramSolution(coefficients, 0, 0);
  }

  /** Returns the first row with the lowest score of those that are left. */
  private static int lowest(double[][] sorted, boolean[] taken, int nearest) {
    int lowest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < taken.length; i++) {
      double score = taken[i] ? 0 : MultiKrum.score(sorted[i], nearest);
      if (!taken[i] && (lowest < 0 || score < least)) {
        lowest = i;
        least = score;
      }
    }
    return lowest;
  }

  /** Removes a value from the first {@code length}, which are sorted. */
  private static void remove(double[] sorted, int length, double value) {
    int at = Arrays.binarySearch(sorted, 0, length, value);
    System.arraycopy(sorted, at + 1, sorted, at, length - at - 1);
  }

  @Override
  public void apply(float[][] deltas, int[] weights, double[] coefficients, float[] out) {
    if (coefficients.length != deltas.length) {
      throw new IllegalArgumentException(
          "%d coefficients for %d deltas; pass one coefficient for each delta"
              .formatted(coefficients.length, deltas.length));
    }
    int[] taken = Arrays.stream(coefficients).mapToInt(each -> each == 0 ? 0 : 1).toArray();
    secondStep().merge(deltas, taken, out);
  }
}

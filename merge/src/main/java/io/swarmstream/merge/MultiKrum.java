package io.swarmstream.merge;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Multi-Krum: scores each delta by the sum of its squared distances to its n - F - 2 nearest
 * others, averages the n - F deltas with the lowest scores by weight, and drops the rest.
 *
 * <p>Of two deltas with the same score, it keeps the one that comes first in the canonical order.
 *
 * <p>Source: P. Blanchard et al., "Machine learning with adversaries: Byzantine tolerant gradient
 * descent", 2017.
 */
final class MultiKrum implements GramMerge {
  static final String NAME = "multikrum";

  private final int tolerated;

  MultiKrum(int tolerated) {
    this.tolerated = tolerated;
  }

  @Override
  public String name() {
    return NAME + ":" + tolerated;
  }

  @Override
  public int minParticipants() {
    return 2 * tolerated + 3;
  }

  @Override
  public GramSolution solve(double[] gram, int[] weights) {
    SquaredDistances distances = SquaredDistances.of(gram, weights);
    int n = distances.count();
    Participants.require(this, n);
    double[] scores = new double[n];
    for (int i = 0; i < n; i++) {
      scores[i] = score(distances.sortedFrom(i), n - tolerated - 2);
    }
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> scores[i])); // stable: ties stay in order
    double total = 0;
    for (int i = 0; i < n - tolerated; i++) {
      total += weights[distances.row(order[i])];
    }
    double[] coefficients = new double[weights.length];
    for (int i = 0; i < n - tolerated; i++) {
      int row = distances.row(order[i]);
      coefficients[row] = weights[row] / total;
    }
    return new GramSolution(coefficients, 0, 0);
  }

  /**
   * Krum's score of a row.
   *
   * @param sorted the row's squared distances, ascending; the first is that to itself, and skipped
   * @param nearest how many others the score adds up
   */
  static double score(double[] sorted, int nearest) {
    double score = 0;
    for (int k = 1; k <= nearest; k++) {
      score += sorted[k];
    }
    return score;
  }
}

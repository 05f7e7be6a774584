package io.swarmstream.merge;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Nearest-neighbour mixing (NNM): before a merge, replaces each delta by the mean of the n - F
 * deltas nearest to it, including itself. It makes any robust method withstand data that differ
 * from site to site. Rows of positive weight count alike in the mixing.
 *
 * <p>Of two deltas at the same distance, it takes the one that comes first in the canonical order.
 *
 * <p>Source: Y. Allouah et al., "Fixing by mixing: a recipe for optimal Byzantine ML under
 * heterogeneity", 2023.
 */
final class NearestNeighbourMixing {
  static final String PREFIX = "nnm+";

  private NearestNeighbourMixing() {}

  /** Puts the mixing before a method. */
  static MergeMethod before(MergeMethod method, int tolerated) {
    if (method instanceof CoordinateMerge each) {
      return new MixedCoordinateMerge(method, each, tolerated);
    }
    return method instanceof Bulyan bulyan
        ? new MixedCoordinateMerge(bulyan, bulyan.secondStep(), tolerated)
        : new MixedGramMerge((GramMerge) method, tolerated);
  }

  /**
   * Determines which deltas are mixed.
   *
   * @return n x n, row-major: 1 where the row's delta includes the column's delta, else 0; rows and
   *     columns of weight 0 are all 0
   */
  static double[] neighbours(double[] gram, int[] weights, int tolerated) {
    SquaredDistances distances = SquaredDistances.of(gram, weights);
    int counted = distances.count();
    int n = weights.length;
    double[] neighbours = new double[n * n];
    for (int i = 0; i < counted; i++) {
      int from = i;
      Integer[] order = new Integer[counted];
      Arrays.setAll(order, k -> k);
      Arrays.sort(
          order,
          Comparator.<Integer>comparingDouble(k -> distances.between(from, k))
              // The row itself comes first, also among duplicates.
              .thenComparing(k -> k == from ? -1 : k));
      for (int k = 0; k < counted - tolerated; k++) {
        neighbours[distances.row(i) * n + distances.row(order[k])] = 1;
      }
    }
    return neighbours;
  }

  static int leastParticipants(MergeMethod method, int tolerated) {
    return Math.max(method.minParticipants(), 2 * tolerated + 1);
  }

  /** Distances select the neighbours, but the method still weighs the mixed deltas. */
  static MergeMethod.UsualLimit usualLimit(MergeMethod method) {
    return method.usualLimit() == MergeMethod.UsualLimit.NONE
        ? MergeMethod.UsualLimit.NONE
        : MergeMethod.UsualLimit.SHARE;
  }

  static String name(MergeMethod method, int tolerated) {
    String suffix = ":" + tolerated;
    return PREFIX + (method.name().endsWith(suffix) ? method.name() : method.name() + suffix);
  }
}

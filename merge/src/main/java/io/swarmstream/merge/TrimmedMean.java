package io.swarmstream.merge;

import io.swarmstream.merge.SortingNetwork.Comparator;
import java.util.Arrays;
import java.util.List;

/**
 * The coordinate-wise trimmed mean: drops the F lowest and the F highest values of each coordinate
 * and averages the rest. Rows of positive weight count alike, whatever their weight.
 *
 * <p>Up to F bad sites cannot move a coordinate beyond the values of the others. The remaining
 * values are summed in ascending order, so the result has the same bits for any order of the rows.
 *
 * <p>Source: D. Yin et al., "Byzantine-robust distributed learning: towards optimal statistical
 * rates", 2018.
 */
final class TrimmedMean implements CoordinateMerge {
  static final String NAME = "trimmedmean";

  private final int tolerated;

  TrimmedMean(int tolerated) {
    this.tolerated = tolerated;
  }

  @Override
  public String name() {
    return NAME + ":" + tolerated;
  }

  @Override
  public int minParticipants() {
    return 2 * tolerated + 1;
  }

  @Override
  public UsualLimit usualLimit() {
    return UsualLimit.NONE;
  }

  @Override
  public void merge(float[][] deltas, int[] weights, float[] out) {
    CountedRows counted = CountedRows.of(deltas, weights, out.length);
    int n = counted.rows().length;
    Participants.require(this, n);
    List<Comparator> network = SortingNetwork.selecting(n, tolerated, n - 1 - tolerated);
    float[][] sorted = new float[n][TileMedian.LIMIT];
    float[][] kept = Arrays.copyOfRange(sorted, tolerated, n - tolerated);
    double[] ones = new double[kept.length];
    Arrays.fill(ones, 1);
    for (int from = 0; from < out.length; from += TileMedian.LIMIT) {
      int length = Math.min(TileMedian.LIMIT, out.length - from);
      for (int k = 0; k < n; k++) {
        System.arraycopy(counted.rows()[k], from, sorted[k], 0, length);
      }
      SortingNetwork.apply(network, sorted, length);
      RowSum.of(kept, 0, ones, kept.length, out, from, length);
    }
  }
}

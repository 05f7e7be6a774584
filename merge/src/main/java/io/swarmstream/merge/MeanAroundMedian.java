package io.swarmstream.merge;

import io.swarmstream.merge.SortingNetwork.Comparator;
import java.util.List;

/**
 * In each coordinate, the mean of the values that remain without the {@code dropped} ones farthest
 * from the median. Rows of positive weight count alike.
 *
 * <p>Of two values at the same distance, it keeps the one whose rank is nearer to the middle. The
 * remaining values are summed in ascending order, so the result has the same bits for any order of
 * the rows.
 *
 * @param name of the method of which this is a step
 * @param dropped an even number
 */
record MeanAroundMedian(String name, int dropped) implements CoordinateMerge {

  @Override
  public int minParticipants() {
    return dropped + 3;
  }

  @Override
  public void merge(float[][] deltas, int[] weights, float[] out) {
    CountedRows counted = CountedRows.of(deltas, weights, out.length);
    int n = counted.rows().length;
    Participants.require(this, n);
    int kept = n - dropped;
    // What is kept is a run of the sorted values, with the middle one or two in it.
    int lowest = Math.max(0, n / 2 - kept + 1);
    int highest = Math.min(dropped, (n - 1) / 2);
    List<Comparator> network = SortingNetwork.selecting(n, lowest, highest + kept - 1);
    float[][] sorted = new float[n][TileMedian.LIMIT];
    for (int from = 0; from < out.length; from += TileMedian.LIMIT) {
      int length = Math.min(TileMedian.LIMIT, out.length - from);
      for (int k = 0; k < n; k++) {
        System.arraycopy(counted.rows()[k], from, sorted[k], 0, length);
      }
      SortingNetwork.apply(network, sorted, length);
      for (int i = 0; i < length; i++) {
        out[from + i] = mean(sorted, i, lowest, highest, kept);
      }
    }
  }

  /** Moves the run off the centre as long as that brings in a nearer value than goes out. */
  private static float mean(float[][] sorted, int i, int lowest, int highest, int kept) {
    int n = sorted.length;
    double twiceMedian = (double) sorted[(n - 1) / 2][i] + sorted[n / 2][i];
    int begin = (n - kept) / 2;
    while (begin < highest && (double) sorted[begin][i] + sorted[begin + kept][i] < twiceMedian) {
      begin++;
    }
    while (begin > lowest
        && (double) sorted[begin - 1][i] + sorted[begin + kept - 1][i] > twiceMedian) {
      begin--;
    }
    double sum = 0;
    for (int k = begin; k < begin + kept; k++) {
      sum += sorted[k][i];
    }
    return (float) (sum / kept);
  }
}

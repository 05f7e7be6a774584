package io.swarmstream.merge;

import io.swarmstream.merge.SortingNetwork.Comparator;
import java.util.List;

/**
 * Computes the median of rows of equal weight: the middle value, or the midpoint of the middle two.
 *
 * <p>Rows pass only through the part of a sorting network that determines the middle. {@code
 * Math.min} and {@code Math.max} order -0 before +0, propagate NaN, and compile to vector
 * instructions.
 */
final class EqualMedian implements TileMedian {

  private final int lower;
  private final int upper;
  private final List<Comparator> network;
  private final float[][] scratch;

  EqualMedian(int rows) {
    lower = (rows - 1) / 2;
    upper = rows / 2;
    network = SortingNetwork.selecting(rows, lower, upper);
    scratch = new float[rows][LIMIT];
  }

  @Override
  public void median(float[][] rows, int from, int length, float[] out, int outFrom) {
    for (int k = 0; k < rows.length; k++) {
      System.arraycopy(rows[k], from, scratch[k], 0, length);
    }
    SortingNetwork.apply(network, scratch, length);
    if (lower == upper) {
      System.arraycopy(scratch[lower], 0, out, outFrom, length);
    } else {
      midpoints(scratch[lower], scratch[upper], length, out, outFrom);
    }
  }

  private static void midpoints(float[] low, float[] high, int length, float[] out, int outFrom) {
    for (int i = 0; i < length; i++) {
      out[outFrom + i] = TileMedian.midpoint(low[i], high[i]);
    }
  }
}

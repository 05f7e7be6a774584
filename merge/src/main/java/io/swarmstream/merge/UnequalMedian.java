package io.swarmstream.merge;

import io.swarmstream.merge.SortingNetwork.Comparator;
import java.util.Arrays;
import java.util.List;

/**
 * Computes the median of rows of different weights.
 *
 * <p>Value and weight pass through a full sorting network packed in one long: the high bits hold
 * the value's bits, mapped to an integer of the same order; the low 31 bits hold the weight. One
 * pass over the sorted rows then adds up the weights and selects, without a branch, the two values
 * at which the sum reaches half and exceeds half.
 */
final class UnequalMedian implements TileMedian {

  private static final int WEIGHT_BITS = 31;
  private static final long WEIGHT_MASK = (1L << WEIGHT_BITS) - 1;
  private static final long INFINITY_KEY = 0x7f80_0000L;

  private final int[] weights;
  private final long total;
  private final List<Comparator> network;
  private final long[][] scratch;
  private final long[] doubledSum = new long[LIMIT];
  private final long[] lower = new long[LIMIT];
  private final long[] upper = new long[LIMIT];

  UnequalMedian(int[] weights) {
    this.weights = weights;
    total = Arrays.stream(weights).asLongStream().sum();
    network = SortingNetwork.sorting(weights.length);
    scratch = new long[weights.length][LIMIT];
  }

  @Override
  public void median(float[][] rows, int from, int length, float[] out, int outFrom) {
    for (int k = 0; k < rows.length; k++) {
      pack(rows[k], from, weights[k], scratch[k], length);
    }
    for (Comparator comparator : network) {
      exchange(scratch[comparator.low()], scratch[comparator.high()], length);
    }
    Arrays.fill(doubledSum, 0);
    Arrays.fill(lower, 0);
    Arrays.fill(upper, 0);
    for (long[] row : scratch) {
      pick(row, length);
    }
    unpack(scratch[rows.length - 1], length, out, outFrom);
  }

  private static void pack(float[] row, int from, int weight, long[] packed, int length) {
    for (int i = 0; i < length; i++) {
      // All NaNs get one bit pattern, above infinity, so that they end up on the last row.
      int bits = Float.floatToIntBits(row[from + i]);
      long key = bits ^ ((bits >> 31) & 0x7fff_ffff);
      packed[i] = key << WEIGHT_BITS | weight;
    }
  }

  /** Packed values stay within 62 bits and a sign, so their difference cannot overflow. */
  private static void exchange(long[] low, long[] high, int length) {
    for (int i = 0; i < length; i++) {
      long a = low[i];
      long b = high[i];
      long difference = b - a;
      long negative = difference & -(difference >>> 63);
      low[i] = a + negative;
      high[i] = b - negative;
    }
  }

  private void pick(long[] row, int length) {
    for (int i = 0; i < length; i++) {
      long before = doubledSum[i] - total;
      long after = before + 2 * (row[i] & WEIGHT_MASK);
      doubledSum[i] = after + total;
      lower[i] |= row[i] & -((before & ~after) >>> 63);
      upper[i] |= row[i] & -(((before - 1) & ~(after - 1)) >>> 63);
    }
  }

  private void unpack(long[] last, int length, float[] out, int outFrom) {
    for (int i = 0; i < length; i++) {
      out[outFrom + i] =
          last[i] >> WEIGHT_BITS > INFINITY_KEY
              ? Float.NaN
              : TileMedian.midpoint(value(lower[i]), value(upper[i]));
    }
  }

  private static float value(long packed) {
    int key = (int) (packed >> WEIGHT_BITS);
    return Float.intBitsToFloat(key ^ ((key >> 31) & 0x7fff_ffff));
  }
}

package io.swarmstream.merge;

import java.util.Arrays;

/**
 * The rows of a chunk that count, that is, the rows of positive weight, in their given order.
 *
 * <p>Every method starts here, so all methods reject the same inputs with the same messages, and no
 * method reads a row of weight 0.
 */
@SuppressWarnings("ArrayRecordComponent") // views of the caller's arrays, never compared
record CountedRows(float[][] rows, int[] weights) {

  /** Checks the shapes and the weights of a chunk and drops the rows of weight 0. */
  static CountedRows of(float[][] deltas, int[] weights, int length) {
    checkShape(deltas, length);
    int[] kept = kept(weights, deltas.length);
    float[][] rows = new float[kept.length][];
    int[] positive = new int[kept.length];
    for (int k = 0; k < kept.length; k++) {
      rows[k] = deltas[kept[k]];
      positive[k] = weights[kept[k]];
    }
    return new CountedRows(rows, positive);
  }

  /** Rejects a chunk that has no rows or has a row of another length. */
  static void checkShape(float[][] deltas, int length) {
    if (deltas.length == 0) {
      throw new IllegalArgumentException(
          "0 deltas to merge; close a round only when at least one site has contributed");
    }
    for (int k = 0; k < deltas.length; k++) {
      if (deltas[k].length != length) {
        throw new IllegalArgumentException(
            "delta %d has %d values, the chunk has %d; pass rows cut to the chunk's exact length"
                .formatted(k, deltas[k].length, length));
      }
    }
  }

  /** Checks that there is one weight for each row and returns the indices of positive weights. */
  static int[] kept(int[] weights, int rows) {
    if (weights.length != rows) {
      throw new IllegalArgumentException(
          "%d weights for %d rows; pass one weight for each row".formatted(weights.length, rows));
    }
    int[] kept = new int[rows];
    int count = 0;
    for (int k = 0; k < rows; k++) {
      if (weights[k] < 0) {
        throw new IllegalArgumentException(
            "weight %d is %d; weights count samples, so pass 0 to leave a row out"
                .formatted(k, weights[k]));
      }
      if (weights[k] > 0) {
        kept[count++] = k;
      }
    }
    if (count == 0) {
      throw new IllegalArgumentException(
          "all %d weights are 0; give at least one row a positive weight".formatted(rows));
    }
    return Arrays.copyOf(kept, count);
  }

  boolean equallyWeighted() {
    for (int weight : weights) {
      if (weight != weights[0]) {
        return false;
      }
    }
    return true;
  }
}

package io.swarmstream.merge;

import java.util.Arrays;
import java.util.Random;

/** Deltas and weights made from a seed. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Rows(String description, float[][] deltas, int[] weights) {

  static Rows random(long seed, int n, int length) {
    Random random = new Random(seed);
    float[][] deltas = new float[n][length];
    float[] common = new float[length];
    for (int j = 0; j < length; j++) {
      common[j] = (float) random.nextGaussian();
    }
    for (float[] row : deltas) {
      for (int j = 0; j < length; j++) {
        row[j] = common[j] + 0.5f * (float) random.nextGaussian();
      }
    }
    int[] weights = new int[n];
    int kind = random.nextInt(4);
    for (int k = 0; k < n; k++) {
      weights[k] =
          switch (kind) {
            case 0 -> 1;
            case 1 -> 1 + random.nextInt(5);
            case 2 -> random.nextInt(3);
            default -> 1 + random.nextInt(Integer.MAX_VALUE);
          };
    }
    weights[random.nextInt(n)] |= 1;
    return new Rows("seed " + seed + ", n " + n + ", length " + length, deltas, weights);
  }

  /** All weights 1. */
  static Rows equal(String description, float[][] deltas) {
    int[] weights = new int[deltas.length];
    Arrays.fill(weights, 1);
    return new Rows(description, deltas, weights);
  }

  float[] merged(String method) {
    float[] out = new float[deltas[0].length];
    if (MergeMethods.named(method) instanceof CoordinateMerge merge) {
      merge.merge(deltas, weights, out);
    } else {
      ((GramMerge) MergeMethods.named(method))
          .apply(deltas, weights, solution(method).coefficients(), out);
    }
    return out;
  }

  GramSolution solution() {
    return solution("geomedian");
  }

  GramSolution solution(String method) {
    return ((GramMerge) MergeMethods.named(method)).solve(Gram.ofChunk(deltas, weights), weights);
  }

  /** The same sites in another order. */
  Rows permuted(int[] order) {
    float[][] rows = new float[order.length][];
    int[] permutedWeights = new int[order.length];
    for (int k = 0; k < order.length; k++) {
      rows[k] = deltas[order[k]];
      permutedWeights[k] = weights[order[k]];
    }
    return new Rows(description + ", order " + Arrays.toString(order), rows, permutedWeights);
  }

  static int[] order(int n, Random random) {
    int[] order = new int[n];
    for (int k = 0; k < n; k++) {
      int other = random.nextInt(k + 1);
      order[k] = order[other];
      order[other] = k;
    }
    return order;
  }

  @Override
  public String toString() {
    return description;
  }
}

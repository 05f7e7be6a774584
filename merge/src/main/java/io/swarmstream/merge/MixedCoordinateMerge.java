package io.swarmstream.merge;

import java.util.Arrays;

/**
 * Applies {@link NearestNeighbourMixing} before a method that works coordinate by coordinate, on
 * all deltas or on those that it has selected. The Gram matrix determines which deltas are mixed;
 * the second pass mixes and merges tile by tile.
 */
final class MixedCoordinateMerge implements GramMerge {
  private static final int TILE = 4_096;

  private final MergeMethod method;
  private final CoordinateMerge secondPass;
  private final int tolerated;

  /**
   * Mixes before a method.
   *
   * @param method a coordinate-wise one, or one whose solution has a coefficient for each delta, 0
   *     for those that it leaves out
   * @param secondPass merges the mixed deltas that the method does not leave out
   */
  MixedCoordinateMerge(MergeMethod method, CoordinateMerge secondPass, int tolerated) {
    this.method = method;
    this.secondPass = secondPass;
    this.tolerated = tolerated;
  }

  @Override
  public String name() {
    return NearestNeighbourMixing.name(method, tolerated);
  }

  @Override
  public int minParticipants() {
    return NearestNeighbourMixing.leastParticipants(method, tolerated);
  }

  @Override
  public UsualLimit usualLimit() {
    return NearestNeighbourMixing.usualLimit(method);
  }

  @Override
  public GramSolution solve(double[] gram, int[] weights) {
    int n = weights.length;
    int counted = CountedRows.kept(weights, n).length;
    Participants.require(this, counted);
    double[] neighbours = NearestNeighbourMixing.neighbours(gram, weights, tolerated);
    if (method instanceof GramMerge selecting) {
      double share = 1.0 / (counted - tolerated);
      double[] mixed = MixedGramMerge.sandwich(neighbours, gram, n, share * share);
      double[] selected = selecting.solve(mixed, weights).coefficients();
      for (int i = 0; i < n; i++) {
        if (selected[i] == 0) {
          Arrays.fill(neighbours, i * n, (i + 1) * n, 0);
        }
      }
    }
    return new GramSolution(neighbours, 0, 0);
  }

  @Override
  public void apply(float[][] deltas, int[] weights, double[] coefficients, float[] out) {
    CountedRows counted = CountedRows.of(deltas, weights, out.length);
    int n = deltas.length;
    if (coefficients.length != n * n) {
      throw new IllegalArgumentException(
          "%d coefficients for %d deltas; %s takes %d x %d of them"
              .formatted(coefficients.length, n, name(), n, n));
    }
    int[] kept = CountedRows.kept(weights, n);
    // Each mixed delta has its own row in it, so one without has been left out.
    int[] mixes = Arrays.stream(kept).filter(row -> coefficients[row * n + row] != 0).toArray();
    int[] mixedWeights = Arrays.stream(mixes).map(row -> weights[row]).toArray();
    float[][][] neighbours = new float[mixes.length][][];
    for (int i = 0; i < mixes.length; i++) {
      neighbours[i] = neighbours(counted.rows(), kept, coefficients, mixes[i] * n);
    }
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    for (int from = 0; from < out.length; from += TILE) {
      int length = Math.min(TILE, out.length - from);
      float[][] mixed = new float[mixes.length][length];
      for (int i = 0; i < mixes.length; i++) {
        RowSum.of(neighbours[i], from, ones, neighbours[i].length, mixed[i], 0, length);
      }
      float[] merged = new float[length];
      secondPass.merge(mixed, mixedWeights, merged);
      System.arraycopy(merged, 0, out, from, length);
    }
  }

  private static float[][] neighbours(float[][] rows, int[] kept, double[] coefficients, int at) {
    float[][] neighbours = new float[rows.length][];
    int count = 0;
    for (int k = 0; k < kept.length; k++) {
      if (coefficients[at + kept[k]] != 0) {
        neighbours[count++] = rows[k];
      }
    }
    return Arrays.copyOf(neighbours, count);
  }
}

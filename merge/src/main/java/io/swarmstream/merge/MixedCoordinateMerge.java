package io.swarmstream.merge;

import java.util.Arrays;

/**
 * Applies {@link NearestNeighbourMixing} before a method that works coordinate by coordinate. The
 * Gram matrix determines which deltas are mixed; the second pass mixes and merges tile by tile.
 */
final class MixedCoordinateMerge implements GramMerge {
  private static final int TILE = 4_096;

  private final CoordinateMerge method;
  private final int tolerated;

  MixedCoordinateMerge(CoordinateMerge method, int tolerated) {
    this.method = method;
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
    Participants.require(this, CountedRows.kept(weights, weights.length).length);
    return new GramSolution(NearestNeighbourMixing.neighbours(gram, weights, tolerated), 0, 0);
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
    float[][][] neighbours = new float[kept.length][][];
    for (int i = 0; i < kept.length; i++) {
      neighbours[i] = neighbours(counted.rows(), kept, coefficients, kept[i] * n);
    }
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    for (int from = 0; from < out.length; from += TILE) {
      int length = Math.min(TILE, out.length - from);
      float[][] mixed = new float[kept.length][length];
      for (int i = 0; i < kept.length; i++) {
        RowSum.of(neighbours[i], from, ones, neighbours[i].length, mixed[i], 0, length);
      }
      float[] merged = new float[length];
      method.merge(mixed, counted.weights(), merged);
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

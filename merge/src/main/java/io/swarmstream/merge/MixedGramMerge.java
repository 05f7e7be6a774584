package io.swarmstream.merge;

/**
 * Applies {@link NearestNeighbourMixing} before a method that works on the Gram matrix. The matrix
 * and the coefficients of the mixed deltas follow from those of the original deltas, so only n x n
 * numbers are mixed.
 */
final class MixedGramMerge implements GramMerge {
  private final GramMerge method;
  private final int tolerated;

  MixedGramMerge(GramMerge method, int tolerated) {
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
    int n = weights.length;
    int counted = CountedRows.kept(weights, n).length;
    Participants.require(this, counted);
    double[] neighbours = NearestNeighbourMixing.neighbours(gram, weights, tolerated);
    double share = 1.0 / (counted - tolerated);
    GramSolution mixed = method.solve(sandwich(neighbours, gram, n, share * share), weights);
    double[] inner = mixed.coefficients();
    double[] coefficients = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        coefficients[j] += inner[i] * neighbours[i * n + j] * share;
      }
    }
    return new GramSolution(coefficients, mixed.iterations(), mixed.gap());
  }

  /** Returns {@code factor M G M'}, symmetric to the last bit, of n x n row-major matrices. */
  static double[] sandwich(double[] mixing, double[] gram, int n, double factor) {
    double[] left = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          if (mixing[i * n + k] != 0) {
            left[i * n + j] += gram[k * n + j];
          }
        }
      }
    }
    double[] both = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          if (mixing[j * n + k] != 0) {
            sum += left[i * n + k];
          }
        }
        both[i * n + j] = sum * factor;
        both[j * n + i] = sum * factor;
      }
    }
    return both;
  }
}

package io.swarmstream.merge;

import java.util.Arrays;

/** Squared distances between the rows of positive weight, known through their inner products. */
final class SquaredDistances {
  private final int[] rows;
  private final double[][] squares;

  private SquaredDistances(int[] rows, double[][] squares) {
    this.rows = rows;
    this.squares = squares;
  }

  /**
   * Takes the distances from a matrix.
   *
   * @throws IllegalArgumentException as {@link GramMerge#solve} does
   */
  static SquaredDistances of(double[] gram, int[] weights) {
    int[] rows = CountedRows.kept(weights, weights.length);
    Locations.check(gram, weights, rows);
    double[][] squares = new double[rows.length][rows.length];
    int n = weights.length;
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows.length; j++) {
        double square =
            gram[rows[i] * n + rows[i]]
                + gram[rows[j] * n + rows[j]]
                - 2 * gram[rows[i] * n + rows[j]];
        squares[i][j] = i == j ? 0 : Math.max(0, square);
      }
    }
    return new SquaredDistances(rows, squares);
  }

  int count() {
    return rows.length;
  }

  /** The index of the i-th counted row among all. */
  int row(int i) {
    return rows[i];
  }

  double between(int i, int j) {
    return squares[i][j];
  }

  /** From the i-th counted row to all of them, itself first, in ascending order. */
  double[] sortedFrom(int i) {
    double[] sorted = squares[i].clone();
    Arrays.sort(sorted);
    return sorted;
  }
}

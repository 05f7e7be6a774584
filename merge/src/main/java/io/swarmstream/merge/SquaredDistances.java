package io.swarmstream.merge;

import java.util.Arrays;

/** Squared distances between the rows of positive weight, computed from their inner products. */
final class SquaredDistances {
  private final int[] rows;
  private final double[][] squares;

  private SquaredDistances(int[] rows, double[][] squares) {
    this.rows = rows;
    this.squares = squares;
  }

  /**
   * Computes the distances from a Gram matrix.
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

  /** Returns the index of the i-th counted row among all rows. */
  int row(int i) {
    return rows[i];
  }

  double between(int i, int j) {
    return squares[i][j];
  }

  /**
   * Returns the squared distances from the i-th counted row to all of them, itself included,
   * ascending.
   */
  double[] sortedFrom(int i) {
    double[] sorted = squares[i].clone();
    Arrays.sort(sorted);
    return sorted;
  }
}

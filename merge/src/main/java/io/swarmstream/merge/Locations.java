package io.swarmstream.merge;

import java.util.Arrays;

/**
 * The distinct places of a round's deltas, known only through their inner products.
 *
 * <p>Rows of weight 0 are left out. Rows whose distance is within rounding error share a place and
 * add up their weights. The threshold is set pair by pair, from the size of the entries that
 * cancel: with a common threshold, one distant row would raise it above all the distances that
 * matter.
 */
final class Locations {

  /** Rounding error of a squared distance, relative to the entries that it is the difference of. */
  private static final double NOISE = 64 * Math.ulp(1.0);

  private final int[] weights;
  private final double[] gram;

  /** First row of each place. */
  private final int[] firstRow;

  /** Place of each row; -1 for a row of weight 0. */
  private final int[] placeOf;

  private final double[] placeWeights;
  private double totalWeight;

  private Locations(double[] gram, int[] weights, int[] counted) {
    this.gram = gram;
    this.weights = weights;
    placeOf = new int[weights.length];
    Arrays.fill(placeOf, -1);
    int[] first = new int[counted.length];
    double[] sums = new double[counted.length];
    int places = 0;
    for (int row : counted) {
      int place = 0;
      while (place < places && squaredDistanceOfRows(row, first[place]) > 0) {
        place++;
      }
      if (place == places) {
        first[places++] = row;
      }
      placeOf[row] = place;
      sums[place] += weights[row];
      totalWeight += weights[row];
    }
    firstRow = Arrays.copyOf(first, places);
    placeWeights = Arrays.copyOf(sums, places);
  }

  static Locations of(double[] gram, int[] weights) {
    int[] counted = CountedRows.kept(weights, weights.length);
    check(gram, weights, counted);
    return new Locations(gram, weights, counted);
  }

  /** Rejects a matrix of the wrong size, or with a non-finite entry between rows that count. */
  static void check(double[] gram, int[] weights, int[] counted) {
    if (gram.length != weights.length * weights.length) {
      throw new IllegalArgumentException(
          "a Gram matrix of %d entries for %d weights; pass %d x %d entries"
              .formatted(gram.length, weights.length, weights.length, weights.length));
    }
    for (int i : counted) {
      for (int j : counted) {
        if (!Double.isFinite(gram[i * weights.length + j])) {
          throw new IllegalArgumentException(
              "the product of rows %d and %d is %s; give weight 0 to a row with non-finite values"
                  .formatted(i, j, gram[i * weights.length + j]));
        }
      }
    }
  }

  int count() {
    return firstRow.length;
  }

  /** Weight of each place. */
  double[] weights() {
    return placeWeights.clone();
  }

  double totalWeight() {
    return totalWeight;
  }

  /** Returns the inner products of all places about place {@code centre}, row-major. */
  double[] gramAbout(int centre) {
    int n = count();
    int c = firstRow[centre];
    double[] about = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double product =
            i == j
                ? squaredDistanceOfRows(firstRow[i], c)
                : entry(firstRow[i], firstRow[j])
                    - entry(firstRow[i], c)
                    - entry(firstRow[j], c)
                    + entry(c, c);
        about[i * n + j] = product;
        about[j * n + i] = product;
      }
      about[i * n + centre] = 0;
      about[centre * n + i] = 0;
    }
    return about;
  }

  /** Returns the objective at each place: its weighted sum of distances to all places. */
  double[] objectives() {
    double[] objectives = new double[count()];
    for (int i = 0; i < count(); i++) {
      for (int j = 0; j < count(); j++) {
        objectives[i] +=
            placeWeights[j] * Math.sqrt(squaredDistanceOfRows(firstRow[i], firstRow[j]));
      }
    }
    return objectives;
  }

  /**
   * Converts coefficients of places to coefficients of rows, in proportion to the rows' weights.
   */
  double[] spread(double[] byPlace) {
    double[] byRow = new double[weights.length];
    for (int row = 0; row < byRow.length; row++) {
      if (placeOf[row] >= 0) {
        int place = placeOf[row];
        byRow[row] = byPlace[place] * (weights[row] / placeWeights[place]);
      }
    }
    return byRow;
  }

  /** Like {@link #spread}, but gives a place's whole coefficient to its first row. */
  double[] assign(double[] byPlace) {
    double[] byRow = new double[weights.length];
    for (int place = 0; place < byPlace.length; place++) {
      byRow[firstRow[place]] = byPlace[place];
    }
    return byRow;
  }

  private double squaredDistanceOfRows(int i, int j) {
    double squares = entry(i, i) + entry(j, j);
    double distance = squares - 2 * entry(i, j);
    return distance <= NOISE * squares ? 0 : distance;
  }

  private double entry(int i, int j) {
    return gram[i * weights.length + j];
  }
}

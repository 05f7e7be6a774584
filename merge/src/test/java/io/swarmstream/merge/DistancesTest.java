package io.swarmstream.merge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DistancesTest {

  private static final Rows ROWS = Rows.random(21, 5, 40);
  private static final double[] GRAM = Gram.ofChunk(ROWS.deltas(), new int[] {1, 1, 1, 1, 1});

  @Test
  void areThoseInTheDimensionOfTheDeltasAlsoRightBesideARow() {
    for (double away = 0.1; away > 1e-9; away /= 10) {
      double[] lambda = {away / 4, away / 4, 1 - away, away / 4, away / 4};
      double[] distances = new Distances(GRAM).from(lambda);
      double[] y = Reference.combined(ROWS, lambda);
      for (int k = 0; k < 5; k++) {
        double[] alone = new double[5];
        alone[k] = 1;
        double expected = Reference.distance(Reference.combined(ROWS, alone), y);
        // Float64 of y itself is good for 1e-16 of its length.
        double error = 1e-14 + 1e-15 / away;
        assertThat(distances[k] / expected).isBetween(1 - error, 1 + error);
      }
    }
  }

  @Test
  void areNeverZero() {
    Distances distances = new Distances(new double[] {0, 0, 0, 4});
    assertThat(distances.from(new double[] {0, 1})[1]).isPositive().isLessThan(1e-6);
    assertThat(distances.from(new double[] {1, 0})[0]).isPositive().isLessThan(1e-6);
  }
}

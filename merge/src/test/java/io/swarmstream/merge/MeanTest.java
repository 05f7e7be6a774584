package io.swarmstream.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MeanTest {

  @Test
  void roundsTheExactMeanOnce() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Rows rows = Rows.random(seed, 1 + random.nextInt(20), 1 + random.nextInt(300));
      float[] merged = rows.merged("mean");
      double[] expected = Reference.mean(rows);
      for (int j = 0; j < merged.length; j++) {
        assertThat(Math.abs(merged[j] - expected[j]))
            .as("%s, coordinate %d", rows, j)
            .isLessThanOrEqualTo(0.5001 * Math.ulp((float) expected[j]) + 1e-15);
      }
    }
  }

  @Test
  void addsInTheOrderOfTheRowsAcrossTiles() {
    Rows rows =
        new Rows("long", Rows.random(5, 7, 40_000).deltas(), new int[] {3, 1, 0, 9, 2, 5, 7});
    float[] merged = rows.merged("mean");
    float[] expected = new float[merged.length];
    for (int j = 0; j < expected.length; j++) {
      double sum = 0;
      for (int k = 0; k < 7; k++) {
        sum += rows.weights()[k] * (double) rows.deltas()[k][j];
      }
      expected[j] = (float) (sum / 27);
    }
    assertThat(merged).isEqualTo(expected);
  }

  @Test
  void weighsByTheNumberOfSamples() {
    float[][] deltas = {{0, -8, 1}, {4, 8, 1}};
    assertThat(new Rows("3 to 1", deltas, new int[] {3, 1}).merged("mean"))
        .containsExactly(1, -4, 1);
  }

  @Test
  void keepsRowsOfWeightZeroOut() {
    float[][] deltas = {{1, 2}, {Float.NaN, Float.POSITIVE_INFINITY}, {3, 4}};
    assertThat(new Rows("one out", deltas, new int[] {1, 0, 1}).merged("mean"))
        .containsExactly(2, 3);
  }

  @Test
  void givesALoneRowBackBitForBit() {
    float[] row = {-0f, 0f, Float.MIN_VALUE, -Float.MAX_VALUE, 16_777_215, 1e-38f, 0.1f};
    for (int weight : new int[] {1, 3, 49, Integer.MAX_VALUE}) {
      Rows rows = new Rows("alone", new float[][] {row}, new int[] {weight});
      assertThat(Bits.of(rows.merged("mean"))).as("weight %d", weight).isEqualTo(Bits.of(row));
    }
  }

  @Test
  void survivesTheLargestWeightsAndValues() {
    float[][] deltas = new float[40][1];
    int[] weights = new int[40];
    for (int k = 0; k < 40; k++) {
      deltas[k][0] = Float.MAX_VALUE;
      weights[k] = Integer.MAX_VALUE;
    }
    assertThat(new Rows("huge", deltas, weights).merged("mean")).containsExactly(Float.MAX_VALUE);
  }
}

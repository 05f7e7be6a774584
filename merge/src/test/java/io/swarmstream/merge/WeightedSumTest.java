package io.swarmstream.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightedSumTest {

  @Test
  void addsInTheOrderOfTheRowsAndRoundsOnce() {
    for (int n = 1; n <= 13; n++) {
      float[][] deltas = Rows.random(n, n, 20_000).deltas();
      Random random = new Random(n);
      double[] coefficients = random.doubles(n, -1, 1).toArray();
      float[] out = new float[20_000];
      WeightedSum.of(deltas, coefficients, out);
      for (int j = 0; j < out.length; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += coefficients[k] * deltas[k][j];
        }
        assertThat(out[j]).as("n %d, coordinate %d", n, j).isEqualTo((float) sum);
      }
    }
  }

  /** With such values any other order loses other digits. */
  @Test
  void addsStrictlyInTheOrderOfTheRows() {
    float[] values = {1e20f, -1e20f, 1, 3, -2};
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      float[][] deltas = new float[2 + random.nextInt(12)][1];
      double sum = 0;
      for (float[] row : deltas) {
        row[0] = values[random.nextInt(values.length)];
        sum += 0.5 * row[0];
      }
      double[] coefficients = new double[deltas.length];
      Arrays.fill(coefficients, 0.5);
      float[] out = new float[1];
      WeightedSum.of(deltas, coefficients, out);
      assertThat(out[0] + 0f).as("seed %d", seed).isEqualTo((float) sum + 0f);
    }
  }

  @Test
  void copiesARowOfCoefficientOneBitForBit() {
    float[] row = {
      -0f, 0f, 0.1f, Float.MIN_VALUE, -Float.MAX_VALUE, Float.intBitsToFloat(0x7fc0_1234)
    };
    float[] out = new float[row.length];
    WeightedSum.of(new float[][] {new float[6], row, new float[6]}, new double[] {0, 1, -0.0}, out);
    assertThat(Bits.of(out)).isEqualTo(Bits.of(row));
  }

  @Test
  void neverReadsARowOfCoefficientZero() {
    float[] poison = {Float.POSITIVE_INFINITY, Float.NaN, Float.MAX_VALUE};
    float[] out = new float[3];
    WeightedSum.of(new float[][] {{2, 4, 6}, poison, {4, 8, -6}}, new double[] {0.5, 0, 0.5}, out);
    assertThat(out).containsExactly(3, 6, 0);
  }
}

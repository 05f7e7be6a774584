package io.swarmstream.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CoordMedianTest {

  @Test
  void splitsTheWeightOfEachColumnInHalf() {
    for (long seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      Rows rows = Rows.random(seed, 1 + random.nextInt(40), 1 + random.nextInt(100));
      assertThat(Bits.of(rows.merged("coordmedian")))
          .as(rows.description())
          .isEqualTo(Bits.of(Reference.median(rows)));
    }
  }

  @Test
  void holdsOnHardRows() {
    for (Rows rows : HardRows.all()) {
      assertThat(rows.merged("coordmedian"))
          .as(rows.description())
          .isEqualTo(Reference.median(rows));
    }
  }

  @Test
  void holdsAcrossTilesAndAtTheirEdges() {
    for (int length :
        new int[] {TileMedian.LIMIT - 1, TileMedian.LIMIT, 3 * TileMedian.LIMIT + 1}) {
      for (long seed = 0; seed < 4; seed++) {
        Rows rows = Rows.random(seed, 5, length);
        assertThat(rows.merged("coordmedian"))
            .as(rows.description())
            .isEqualTo(Reference.median(rows));
      }
    }
  }

  /**
   * Columns and answers come from {@code src/test/reference/median.py}.
   *
   * <p>NumPy takes the mean of the middle values from a sum that starts at +0, so a -0 in the
   * middle of its column becomes +0. Ours stays as it is; adding +0 to both levels that one
   * difference.
   */
  @Test
  void hasTheBitsOfNumPyForEqualWeights() throws IOException {
    List<String> lines = numPyColumns();
    assertThat(lines).hasSizeGreaterThan(600);
    for (String line : lines) {
      String[] sides = line.split(" = ", -1);
      float[] column = floats(sides[0]);
      float[] expected = floats(sides[1]);
      expected[0] += 0f;
      assertThat(medianPlusZero(new EqualMedian(column.length), column))
          .as(line)
          .isEqualTo(expected);
      int[] weights = new int[column.length];
      Arrays.fill(weights, 1_000_000_007);
      assertThat(medianPlusZero(new UnequalMedian(weights), column)).as(line).isEqualTo(expected);
    }
  }

  @Test
  void countsHalfTheWeightOnEitherSideAsAMidpoint() {
    assertThat(column(new float[] {1, 2, 4, 9}, 3, 1, 2, 2)).isEqualTo(3f);
    assertThat(column(new float[] {1, 2, 4, 9}, 3, 1, 2, 3)).isEqualTo(4f);
    assertThat(column(new float[] {1, 2, 4, 9}, 3, 2, 2, 2)).isEqualTo(2f);
    assertThat(column(new float[] {1, 5}, Integer.MAX_VALUE, Integer.MAX_VALUE)).isEqualTo(3f);
    assertThat(column(new float[] {1, 5}, Integer.MAX_VALUE, Integer.MAX_VALUE - 1)).isEqualTo(1f);
  }

  @Test
  void treatsAWeightAsThatManyRows() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      float[] values = new float[6];
      int[] weights = new int[6];
      float[] repeated = new float[60];
      int count = 0;
      for (int k = 0; k < 6; k++) {
        values[k] = random.nextInt(9);
        weights[k] = random.nextInt(10);
        Arrays.fill(repeated, count, count + weights[k], values[k]);
        count += weights[k];
      }
      int[] ones = new int[count];
      Arrays.fill(ones, 1);
      assertThat(column(values, weights))
          .as("seed %d", seed)
          .isEqualTo(column(Arrays.copyOf(repeated, count), ones));
    }
  }

  @Test
  void findsTheMiddleOfValuesWhoseSumOverflows() {
    float max = Float.MAX_VALUE;
    assertThat(column(new float[] {max, max}, 1, 1)).isEqualTo(max);
    assertThat(column(new float[] {max, max, 3e38f}, 1, 1, 2))
        .isEqualTo((float) (1.5e38 + max / 2));
  }

  @Test
  void ordersZerosBySignAndLetsANaNThrough() {
    int[][] weightings = {{1, 1, 1}, {3, 2, 4}};
    for (int[] weights : weightings) {
      float zero = column(new float[] {0f, -0f, -0f}, weights);
      assertThat(Float.floatToRawIntBits(zero)).isEqualTo(Float.floatToRawIntBits(-0f));
      float negativeNaN = Float.intBitsToFloat(0xffc0_0001);
      assertThat(column(new float[] {1, negativeNaN, 2}, weights)).isNaN();
      assertThat(column(new float[] {Float.NaN, 1, 2}, weights)).isNaN();
    }
  }

  private static float column(float[] column, int... weights) {
    float[][] rows = new float[column.length][1];
    for (int k = 0; k < column.length; k++) {
      rows[k][0] = column[k];
    }
    return new Rows("column", rows, weights).merged("coordmedian")[0];
  }

  private static float[] medianPlusZero(TileMedian kernel, float[] column) {
    float[][] rows = new float[column.length][1];
    for (int k = 0; k < column.length; k++) {
      rows[k][0] = column[k];
    }
    float[] out = new float[1];
    kernel.median(rows, 0, 1, out, 0);
    out[0] += 0f;
    return out;
  }

  private static List<String> numPyColumns() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    CoordMedianTest.class.getResourceAsStream("numpy-median.txt")),
                StandardCharsets.US_ASCII))) {
      return reader.lines().toList();
    }
  }

  private static float[] floats(String hexadecimal) {
    String[] words = hexadecimal.split(" ", -1);
    float[] floats = new float[words.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Float.intBitsToFloat(Integer.parseUnsignedInt(words[i], 16));
    }
    return floats;
  }
}

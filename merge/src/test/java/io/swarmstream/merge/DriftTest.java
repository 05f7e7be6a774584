package io.swarmstream.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftTest {

  @Test
  void isTheDistanceOfEachOfTwoFromTheirMean() {
    assertThat(of(new float[] {2, 3}, new float[][] {{5, 7}, {-1, -1}}, 1, 1)).isEqualTo(5);
  }

  @Test
  void knowsHowFarTheyMovedTogether() {
    List<double[]> chunks =
        List.of(
            Drift.squares(new float[][] {{9}, {1}}, new float[] {3}),
            Drift.squares(new float[][] {{0}, {0}}, new float[] {-4}));

    assertThat(Drift.of(chunks, new int[] {1, 1}).orElseThrow().together()).isEqualTo(5);
  }

  @Test
  void isZeroOfSitesThatMovedAlike() {
    assertThat(of(new float[] {1, 2}, new float[][] {{1, 2}, {1, 2}}, 3, 1)).isZero();
  }

  @Test
  void isTheLeastDistanceThatHalfOfTheWeightDoesNotExceed() {
    float[][] deltas = {{4}, {1}, {3}, {2}};

    assertThat(of(new float[1], deltas, 1, 1, 1, 1)).isEqualTo(2);
    assertThat(of(new float[1], deltas, 4, 1, 1, 1)).isEqualTo(4);
    assertThat(of(new float[1], deltas, 1, 2, 2, 0)).isEqualTo(3);
    assertThat(of(new float[1], deltas, 1, Integer.MAX_VALUE, 1, Integer.MAX_VALUE)).isEqualTo(2);
  }

  /** Less than half of the weight, however far away. */
  @Test
  void isNotMovedBeyondTheOthersByAFew() {
    float[][] deltas = {{1}, {2}, {3}, {1e30f}, {-1e30f}};

    assertThat(of(new float[1], deltas, 1, 1, 1, 1, 1)).isEqualTo(3);
  }

  @Test
  void isUnknownOfFewerThanTwoThatCount() {
    float[][] deltas = {{1, 2}, {5, 5}};

    assertThat(Drift.of(List.of(Drift.squares(deltas, new float[2])), new int[] {3, 0})).isEmpty();
  }

  @Test
  void ofChunksIsThatOfTheWhole() {
    float[][] deltas = Rows.random(3, 5, 2_000).deltas();
    float[] merged = deltas[4];
    List<double[]> chunks =
        IntStream.range(0, 4)
            .mapToObj(chunk -> Drift.squares(cut(deltas, chunk), cut(merged, chunk)))
            .toList();
    int[] weights = {1, 2, 3, 4, 0};

    assertThat(Drift.of(chunks, weights).orElseThrow().apart())
        .isCloseTo(of(merged, deltas, weights), within(1e-9));
  }

  /** The order of additions is that of the source, so these bits are the same everywhere. */
  @Test
  void addsInTheOrderOfItsLanes() {
    Random random = new Random(5);
    float[] row = new float[1_000];
    float[] merged = new float[row.length];
    double[] lanes = new double[256];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(20)));
      merged[i] = (float) random.nextGaussian();
      double apart = (double) row[i] - merged[i];
      lanes[i % lanes.length] += apart * apart;
    }
    double expected = 0;
    for (double lane : lanes) {
      expected += lane;
    }

    assertThat(Drift.squares(new float[][] {row}, merged)[0]).isEqualTo(expected);
  }

  private static float[][] cut(float[][] rows, int chunk) {
    return Arrays.stream(rows).map(row -> cut(row, chunk)).toArray(float[][]::new);
  }

  private static float[] cut(float[] row, int chunk) {
    return Arrays.copyOfRange(row, chunk * 500, (chunk + 1) * 500);
  }

  private static double of(float[] merged, float[][] deltas, int... weights) {
    return Drift.of(List.of(Drift.squares(deltas, merged)), weights).orElseThrow().apart();
  }
}

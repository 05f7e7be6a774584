package io.swarmstream.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormLimitTest {
  private static final NormLimit TWICE = new NormLimit(2, true);
  private static final NormLimit FIVE = new NormLimit(5, false);
  private static final double NONE = Double.POSITIVE_INFINITY;

  @Test
  void isAMultipleOfTheLowerMedianOfThoseThatCount() {
    assertThat(TWICE.of(new double[] {1, 3, 1e38}, ones(3))).isEqualTo(6);
    assertThat(TWICE.of(new double[] {1, 3, 1e38, 1e38}, ones(4))).isEqualTo(6);
    assertThat(TWICE.of(new double[] {9, 1, 1e38, 3}, new int[] {0, 1, 1_000, 1})).isEqualTo(6);
  }

  @Test
  void comparesNoFewerThanThree() {
    assertThat(TWICE.of(new double[] {1, 1e38}, ones(2))).isEqualTo(NONE);
    assertThat(TWICE.of(new double[] {1, 1, 1e38}, new int[] {1, 0, 1})).isEqualTo(NONE);
    assertThat(TWICE.holdsIn(3, new int[] {1, 0, 1})).isFalse();
    assertThat(TWICE.holdsIn(0, ones(3))).isTrue();
  }

  /** Else those who have nothing to say would forbid everybody else to speak. */
  @Test
  void takesNoDeltaOfLengthZeroForUsual() {
    assertThat(TWICE.of(new double[] {0, 0, 0, 7}, ones(4))).isEqualTo(NONE);
    assertThat(TWICE.of(new double[] {0, 0, 0, 7, 1, 1}, ones(6))).isEqualTo(2);
    assertThat(TWICE.of(new double[] {0, 0, 0}, ones(3))).isEqualTo(NONE);
  }

  @Test
  void isTheSameForAllRoundsButTheOneThatMergesWholeModels() {
    assertThat(FIVE.of(new double[] {1, 1e38}, ones(2))).isEqualTo(5);
    assertThat(FIVE.holdsIn(0, ones(3))).isFalse();
    assertThat(FIVE.holdsIn(1, ones(1))).isTrue();
  }

  @Test
  void scalesWhatIsLongerAndNothingElse() {
    float[] kept = {3, -4, 0};
    float[] clipped = {6e30f, -8e30f, -0f};
    float[][] rows = {kept, clipped};

    NormLimit.scale(
        rows, new double[] {NormLimit.factor(5, 5), NormLimit.factor(1e31, FIVE.value())});

    assertThat(kept).containsExactly(3, -4, 0);
    assertThat(clipped[0]).isEqualTo(3, within(1e-5f));
    assertThat(clipped[1]).isEqualTo(-4, within(1e-5f));
    assertThat(Float.floatToRawIntBits(clipped[2])).isEqualTo(Float.floatToRawIntBits(-0f));
    assertThat(NormLimit.factor(1e300, NONE)).isEqualTo(1);
    assertThat(NormLimit.factor(0, NONE)).isEqualTo(1);
  }

  @Test
  void measuresTheLongestDeltasThereCanBe() {
    float[] row = new float[100_000];
    java.util.Arrays.fill(row, -Float.MAX_VALUE);

    double norm = Math.sqrt(NormLimit.squares(new float[][] {row, new float[0]})[0]);

    assertThat(norm).isCloseTo(Float.MAX_VALUE * Math.sqrt(100_000), within(norm * 1e-12));
  }

  @Test
  void addsSquaresInTheOrderOfItsLanes() {
    Random random = new Random(3);
    float[] row = new float[777];
    double[] lanes = new double[256];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(20)));
      lanes[i % lanes.length] += (double) row[i] * row[i];
    }
    double expected = 0;
    for (double lane : lanes) {
      expected += lane;
    }

    assertThat(NormLimit.squares(new float[][] {row})[0]).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesALimitThatIsNone(double value) {
    assertThatThrownBy(() -> new NormLimit(value, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 0");
    assertThatThrownBy(() -> new NormLimit(value, true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesToShortenMost() {
    assertThatThrownBy(() -> new NormLimit(0.5, true)).hasMessageContaining("at least 1");
  }

  private static int[] ones(int n) {
    int[] ones = new int[n];
    java.util.Arrays.fill(ones, 1);
    return ones;
  }
}

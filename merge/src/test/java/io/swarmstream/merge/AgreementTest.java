package io.swarmstream.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementTest {

  @Test
  void knowsLengthAndDirection() {
    float[][] deltas = {{3, 4}, {-3, -4}, {8, -6}, {4, 3}};

    Agreement known = of(deltas, new float[] {6, 8});

    assertThat(known.norms()).containsExactly(5, 5, 10, 5);
    assertThat(known.mergedNorm()).isEqualTo(10);
    assertThat(known.cosines()).containsExactly(1, -1, 0, 0.96);
  }

  @Test
  void hasNoDirectionWhereSomethingHasNoLength() {
    float[][] deltas = {{0, 0}, {1, 0}};

    assertThat(of(deltas, new float[] {2, 0}).cosines()).containsExactly(Double.NaN, 1);
    assertThat(of(deltas, new float[2]).cosines()).containsExactly(Double.NaN, Double.NaN);
  }

  /** The bits of NaN are part of a record's bytes. */
  @Test
  void hasTheOneNanOfTheLanguage() {
    double cosine = of(new float[][] {{0}}, new float[] {1}).cosines()[0];

    assertThat(Double.doubleToRawLongBits(cosine))
        .isEqualTo(Double.doubleToRawLongBits(Double.NaN));
  }

  @Test
  void doesNotDependOnLength() {
    float[] merged = Rows.random(4, 1, 3_000).deltas()[0];
    float[] delta = Rows.random(5, 1, 3_000).deltas()[0];
    float[] scaled = delta.clone();
    NormLimit.scale(new float[][] {scaled}, new double[] {1e-6});

    Agreement known = of(new float[][] {delta, scaled}, merged);

    assertThat(known.cosines()[1]).isCloseTo(known.cosines()[0], within(1e-7));
  }

  @Test
  void staysWithinOneForTheSameDirection() {
    for (int seed = 0; seed < 200; seed++) {
      float[] delta = Rows.random(seed, 1, 1 + seed * 7).deltas()[0];

      assertThat(of(new float[][] {delta}, delta).cosines()[0]).isBetween(1 - 1e-12, 1.0);
    }
  }

  @Test
  void standsTheLargestAndTheSmallestValues() {
    float[][] deltas = {{Float.MAX_VALUE, -Float.MAX_VALUE}, {Float.MIN_VALUE, -Float.MIN_VALUE}};

    Agreement known = of(deltas, new float[] {Float.MIN_VALUE, -Float.MIN_VALUE});

    assertThat(known.cosines()[0]).isCloseTo(1, within(1e-12));
    assertThat(known.cosines()[1]).isCloseTo(1, within(1e-12));
  }

  /** Lengths at which tiles and lanes end, and others. */
  @ParameterizedTest
  @ValueSource(ints = {1, 255, 256, 257, 1_000, 16_383, 16_384, 16_385, 40_000})
  void isWhatPlainLoopsSay(int length) {
    float[][] deltas = Rows.random(length, 5, length).deltas();
    float[] merged = Rows.random(length + 1, 1, length).deltas()[0];

    double[] sums = Agreement.sums(deltas, merged);

    for (int k = 0; k < deltas.length; k++) {
      assertThat(sums[k]).isCloseTo(product(deltas[k], deltas[k]), within(1e-9 * length));
      assertThat(sums[5 + k]).isCloseTo(product(deltas[k], merged), within(1e-9 * length));
    }
    assertThat(sums[10]).isCloseTo(product(merged, merged), within(1e-9 * length));
  }

  private static double product(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }

  /** The order of additions is that of the source, so these bits are the same everywhere. */
  @Test
  void addsInTheOrderOfItsLanes() {
    Random random = new Random(5);
    float[] row = new float[20_000];
    float[] merged = new float[row.length];
    double[] lanes = new double[256];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(20)));
      merged[i] = (float) random.nextGaussian();
      lanes[i % lanes.length] += (double) row[i] * merged[i];
    }
    double expected = 0;
    for (double lane : lanes) {
      expected += lane;
    }

    assertThat(Agreement.sums(new float[][] {row}, merged)[1]).isEqualTo(expected);
  }

  /** A record says one length, whether or not the terms limit it. */
  @Test
  void hasTheSquaresOfTheNormLimit() {
    float[][] deltas = Rows.random(8, 4, 33_333).deltas();

    assertThat(Arrays.copyOf(Agreement.sums(deltas, new float[33_333]), 4))
        .containsExactly(NormLimit.squares(deltas));
  }

  /** An adaptive contract's record says the length of the merged delta as well. */
  @Test
  void hasTheLengthOfTheDrift() {
    float[][] deltas = Rows.random(9, 3, 12_345).deltas();
    float[] merged = deltas[2];

    assertThat(of(deltas, merged).mergedNorm())
        .isEqualTo(
            Drift.of(List.of(Drift.squares(deltas, merged)), new int[] {1, 1, 1})
                .orElseThrow()
                .together());
  }

  @Test
  void ofChunksIsThatOfTheWhole() {
    float[][] deltas = Rows.random(3, 5, 2_000).deltas();
    float[] merged = Rows.random(6, 1, 2_000).deltas()[0];
    List<double[]> chunks =
        IntStream.range(0, 4)
            .mapToObj(chunk -> Agreement.sums(cut(deltas, chunk), cut(merged, chunk)))
            .toList();

    Agreement ofChunks = Agreement.of(chunks, 5);
    Agreement ofWhole = of(deltas, merged);

    assertThat(ofChunks.cosines()).containsExactly(ofWhole.cosines(), within(1e-12));
    assertThat(ofChunks.norms()).containsExactly(ofWhole.norms(), within(1e-9));
    assertThat(ofChunks.mergedNorm()).isCloseTo(ofWhole.mergedNorm(), within(1e-9));
  }

  /** Each delta is compared by itself: who else is there does not change its bits. */
  @Test
  void doesNotDependOnTheOtherRows() {
    float[][] deltas = Rows.random(7, 6, 20_001).deltas();
    float[] merged = Rows.random(8, 1, 20_001).deltas()[0];
    Agreement all = of(deltas, merged);

    for (int k = 0; k < deltas.length; k++) {
      Agreement alone = of(new float[][] {deltas[k]}, merged);
      assertThat(alone.norms()[0]).isEqualTo(all.norms()[k]);
      assertThat(alone.cosines()[0]).isEqualTo(all.cosines()[k]);
    }
  }

  @Test
  void refusesRowsOfAnotherLength() {
    assertThatThrownBy(() -> Agreement.sums(new float[][] {{1, 2}}, new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("delta 0 has 2 values, the chunk has 3");
  }

  private static float[][] cut(float[][] rows, int chunk) {
    return Arrays.stream(rows).map(row -> cut(row, chunk)).toArray(float[][]::new);
  }

  private static float[] cut(float[] row, int chunk) {
    return Arrays.copyOfRange(row, chunk * 500, (chunk + 1) * 500);
  }

  private static Agreement of(float[][] deltas, float[] merged) {
    return Agreement.of(List.of(Agreement.sums(deltas, merged)), deltas.length);
  }
}

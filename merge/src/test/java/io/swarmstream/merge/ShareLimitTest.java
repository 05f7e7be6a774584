package io.swarmstream.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareLimitTest {
  private static final ShareLimit HALF = new ShareLimit(1, 2);

  @Test
  void leavesOneSiteNoMoreThanTheOthersTogether() {
    assertThat(HALF.of(new int[] {1_000_000_000, 1, 1})).containsExactly(1, 1, 1);
    assertThat(HALF.of(new int[] {10, Integer.MAX_VALUE, 10})).containsExactly(10, 19, 10);
    assertThat(HALF.of(new int[] {1, 1, 2})).containsExactly(1, 1, 1);
    assertThat(HALF.of(new int[] {3, 5, 3})).containsExactly(3, 5, 3);
  }

  @Test
  void saysNothingOfTwo() {
    assertThat(HALF.of(new int[] {7, 1})).containsExactly(7, 1);
    assertThat(HALF.of(new int[] {7, 0, 1})).containsExactly(7, 0, 1);
    assertThat(HALF.of(new int[] {0, 0})).containsExactly(0, 0);
    assertThat(HALF.of(new int[0])).isEmpty();
  }

  /** Against the definition: of all caps the largest that keeps to the limit. */
  @Test
  void takesTheLargestCapThatKeepsToTheLimit() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      int[] weights = random.ints(3 + random.nextInt(6), 1, 40).toArray();
      ShareLimit limit = limit(random);
      int[] best = capped(weights, 1);
      for (int cap = 1; cap <= 40; cap++) {
        if (keeps(capped(weights, cap), limit)) {
          best = capped(weights, cap);
        }
      }
      assertThat(limit.of(weights)).as("seed %d, %s", seed, limit).containsExactly(best);
    }
  }

  @Test
  void keepsToTheLimitRaisesNothingAndLeavesTheOrder() {
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      int[] weights = weights(random);
      ShareLimit limit = limit(random);
      int[] before = weights.clone();
      int[] limited = limit.of(weights);
      assertThat(weights).as("left as they were").containsExactly(before);
      boolean manyCount = Arrays.stream(weights).filter(w -> w > 0).count() >= 3;
      assertThat(!manyCount || keeps(limited, limit)).as("seed %d", seed).isTrue();
      for (int i = 0; i < weights.length; i++) {
        assertThat(limited[i]).isBetween(Math.min(1, weights[i]), weights[i]);
        for (int k = 0; k < weights.length; k++) {
          assertThat(weights[i] > weights[k] || limited[i] <= limited[k]).isTrue();
        }
      }
    }
  }

  @Test
  void isTheSameInAnyOrderAndWhenAppliedAgain() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      int[] weights = weights(random);
      ShareLimit limit = limit(random);
      int[] limited = limit.of(weights);
      int[] order = Rows.order(weights.length, random);
      int[] permuted = Arrays.stream(order).map(k -> weights[k]).toArray();

      assertThat(limit.of(permuted))
          .containsExactly(Arrays.stream(order).map(k -> limited[k]).toArray());
      assertThat(limit.of(limited)).containsExactly(limited);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "1, 1", "0, 2", "-1, -2", "3, 2", "501, 1001", "1, 0"})
  void refusesALimitThatThreeCannotKeep(int numerator, int denominator) {
    assertThatThrownBy(() -> new ShareLimit(numerator, denominator))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(numerator + "/" + denominator)
        .hasMessageContaining("above 1/3 and below 1");
  }

  private static int[] weights(Random random) {
    int[] weights = new int[1 + random.nextInt(9)];
    Arrays.setAll(
        weights,
        k ->
            switch (random.nextInt(4)) {
              case 0 -> 0;
              case 1 -> 1 + random.nextInt(5);
              case 2 -> Integer.MAX_VALUE - random.nextInt(3);
              default -> random.nextInt(Integer.MAX_VALUE);
            });
    return weights;
  }

  private static ShareLimit limit(Random random) {
    int denominator = 2 + random.nextInt(20);
    int least = denominator / 3 + 1;
    return new ShareLimit(least + random.nextInt(denominator - least), denominator);
  }

  private static int[] capped(int[] weights, int cap) {
    return Arrays.stream(weights).map(weight -> Math.min(weight, cap)).toArray();
  }

  private static boolean keeps(int[] weights, ShareLimit limit) {
    long sum = Arrays.stream(weights).asLongStream().sum();
    return (long) Arrays.stream(weights).max().orElse(0) * limit.denominator()
        < sum * limit.numerator();
  }
}

package io.swarmstream.operators.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalRuleTest {
  private static final double ALLOWED = 0.3;

  @ParameterizedTest
  @ValueSource(doubles = {0.81, 1, 1.24})
  void keepsTheIntervalNearWhatIsAllowed(double factor) {
    assertThat(IntervalRule.next(64, 100, ALLOWED * factor, ALLOWED)).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({"0.5625, 133", "0.25, 200", "0.1, 200", "0, 200", "1.44, 83", "4, 50", "1e30, 50"})
  void followsTheRootOfTheRatioAndDoublesOrHalvesAtMost(double factor, int next) {
    assertThat(IntervalRule.next(64, 100, ALLOWED * factor, ALLOWED)).isEqualTo(next);
  }

  @Test
  void keepsTheIntervalWhileNothingIsAllowedYet() {
    assertThat(IntervalRule.next(64, 100, 0, 0)).isEqualTo(100);
    assertThat(IntervalRule.next(64, 100, ALLOWED, 0)).isEqualTo(100);
  }

  @Test
  void leavesEachIntervalThatDoesNotSuit() {
    for (int interval = 1; interval < 100; interval++) {
      assertThat(IntervalRule.next(64, interval, 0.79 * ALLOWED, ALLOWED)).isGreaterThan(interval);
    }
    for (int interval = 9; interval < 100; interval++) {
      assertThat(IntervalRule.next(64, interval, 1.26 * ALLOWED, ALLOWED)).isLessThan(interval);
    }
  }

  @Test
  void staysWithinAnEighthAndEightTimesTheFirstInterval() {
    assertThat(settled(64, 2 * ALLOWED)).isEqualTo(8);
    assertThat(settled(64, ALLOWED / 2)).isEqualTo(512);
    assertThat(settled(3, 2 * ALLOWED)).isEqualTo(1);
    assertThat(settled(1, ALLOWED / 2)).isEqualTo(8);
    assertThat(IntervalRule.next(64, 0, 1, 1)).as("a record that lies").isEqualTo(8);
    assertThat(IntervalRule.next(64, Integer.MAX_VALUE, 1, 2)).isEqualTo(512);
  }

  private static int settled(int first, double drift) {
    int interval = first;
    for (int round = 0; round < 50; round++) {
      interval = IntervalRule.next(first, interval, drift, ALLOWED);
    }
    return interval;
  }
}

package io.swarmstream.cli.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {

  @Test
  void mapsItsEndsToItsPixels() {
    Scale scale = new Scale(2, 300, 20);

    assertThat(scale.at(0)).isEqualTo(300);
    assertThat(scale.at(2)).isEqualTo(20);
    assertThat(scale.at(1)).isEqualTo(160);
  }

  @ParameterizedTest
  @CsvSource({"0.9, 1", "1, 1", "1.1, 2", "3, 5", "6, 10", "0.07, 0.1", "40, 50"})
  void stepsAreRound(double atLeast, double step) {
    assertThat(Scale.step(atLeast)).isCloseTo(step, org.assertj.core.data.Offset.offset(1e-9));
  }

  @Test
  void ticksReachTheMaximum() {
    assertThat(new Scale(1, 0, 1).ticks()).hasSize(6).last().isEqualTo(1.0);
    assertThat(new Scale(30, 0, 1).ticks(10)).hasSize(7).last().isEqualTo(30.0);
  }

  @Test
  void aTopIsATick() {
    assertThat(Scale.roundedUp(2.36)).isEqualTo(2.5);
    assertThat(Scale.roundedUp(0)).isEqualTo(1);
  }
}

package io.swarmstream.lab.bench.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExactColumnsTest {
  @Test
  void takeTheMidpointWhereWeightsBalance() {
    assertThat(ExactColumns.median(new double[] {3, 1, 2}, new int[] {1, 1, 1})).isEqualTo(2);
    assertThat(ExactColumns.median(new double[] {4, 1, 2, 3}, new int[] {1, 1, 1, 1}))
        .isEqualTo(2.5);
    assertThat(ExactColumns.median(new double[] {10, 1, 2}, new int[] {3, 1, 1})).isEqualTo(10);
  }

  @Test
  void trimBothEnds() {
    assertThat(ExactColumns.trimmedMean(new double[] {100, 1, 3, -50}, 1)).isEqualTo(2);
  }

  @Test
  void sumByCoefficients() {
    assertThat(ExactColumns.weightedSum(new double[] {1, 2}, new double[] {0.25, 0.75}))
        .isEqualTo(1.75);
  }
}

package io.swarmstream.merge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GramSolutionTest {

  private static final GramSolution ONE = new GramSolution(new double[] {0.25, 0.75}, 3, 1e-13);

  @Test
  void isItsContent() {
    GramSolution same = new GramSolution(new double[] {0.25, 0.75}, 3, 1e-13);
    assertThat(same).isEqualTo(ONE).hasSameHashCodeAs(ONE);
    assertThat(new GramSolution(new double[] {0.75, 0.25}, 3, 1e-13)).isNotEqualTo(ONE);
    assertThat(new GramSolution(new double[] {0.25, 0.75}, 4, 1e-13)).isNotEqualTo(ONE);
    assertThat(new GramSolution(new double[] {0.25, 0.75}, 3, 2e-13)).isNotEqualTo(ONE);
    assertThat(ONE)
        .hasToString("GramSolution[coefficients=[0.25, 0.75], iterations=3, gap=1.0E-13]");
  }

  @Test
  void keepsItsCoefficientsToItself() {
    double[] given = {0.5, 0.5};
    GramSolution solution = new GramSolution(given, 0, 0);
    given[0] = 9;
    solution.coefficients()[1] = 9;
    assertThat(solution.coefficients()).containsExactly(0.5, 0.5);
  }
}

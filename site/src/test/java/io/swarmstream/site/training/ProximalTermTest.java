package io.swarmstream.site.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.schemas.layout.ModelLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProximalTermTest {
  private static final long SEED = 7;

  @Test
  void isHalfOfMuTimesTheSquaredDistance() {
    assertThat(new ProximalTerm(0.5).of(new float[] {1, 5}, new float[] {4, 1})).isEqualTo(6.25);
    assertThat(new ProximalTerm(0).of(new float[] {1}, new float[] {4})).isZero();
  }

  /** By definition: the slope of the term, as differences measure it. */
  @Test
  void itsGradientIsItsSlope() {
    Random random = new Random(SEED);
    float[] weights = randomly(random);
    float[] merged = randomly(random);
    float[] gradient = randomly(random);
    float[] before = gradient.clone();
    ProximalTerm term = new ProximalTerm(0.3);

    term.addTo(gradient, weights, merged);

    for (int i = 0; i < weights.length; i++) {
      float[] more = weights.clone();
      float[] less = weights.clone();
      more[i] += 0.125f;
      less[i] -= 0.125f;
      double slope = (term.of(more, merged) - term.of(less, merged)) / 0.25;
      assertThat((double) gradient[i] - before[i])
          .as("value %d, seed %d", i, SEED)
          .isCloseTo(slope, within(1e-5));
    }
  }

  private static float[] randomly(Random random) {
    float[] values = new float[5];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void countsNoTensorThatStaysLocal() {
    ModelLayout layout = ModelLayout.parse("head:1\nbody:2");
    NamedTensors model = NamedTensors.of(layout, new float[] {9, 3, 4});
    NamedTensors gradient = NamedTensors.of(layout, new float[] {1, 1, 1});
    SharedTensors shared = SharedTensors.of(layout, "body");

    new ProximalTerm(0.5).addTo(gradient, model, shared, new float[] {1, 2});

    assertThat(gradient.flat()).containsExactly(1, 2, 2);
    assertThatThrownBy(
            () -> new ProximalTerm(1).addTo(gradient, model, shared, new float[] {1, 2, 3}))
        .hasMessageContainingAll("3 values", "2");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesAMuThatIsNoStrength(double mu) {
    assertThatThrownBy(() -> new ProximalTerm(mu)).hasMessageContaining("mu is " + mu);
  }

  @Test
  void refusesVectorsOfDifferentModels() {
    assertThatThrownBy(() -> new ProximalTerm(1).addTo(new float[2], new float[2], new float[3]))
        .hasMessageContaining("2 and 3 values");
  }
}

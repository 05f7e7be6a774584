package io.swarmstream.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerOptimizerTest {

  @Test
  void momentumAddsWhatRemainsOfEarlierDeltas() {
    ServerOptimizer momentum = ServerOptimizer.of("momentum", Map.of("lr", 0.5, "momentum", 0.9));
    float[][] state = momentum.begin(1);

    assertThat(next(momentum, 2f, state)).isEqualTo(1f);
    assertThat(next(momentum, 1f, state)).isEqualTo(0.5f * 2.8f);
    assertThat(state[0]).containsExactly(2.8f);
  }

  @Test
  void nesterovLooksAhead() {
    ServerOptimizer nesterov = ServerOptimizer.of("nesterov", Map.of("lr", 0.7, "momentum", 0.9));
    float[][] state = nesterov.begin(1);

    assertThat(next(nesterov, 1f, state)).isCloseTo(0.7f * 1.9f, within(1e-6f));
    assertThat(next(nesterov, 1f, state)).isCloseTo(0.7f * (1 + 0.9f * 1.9f), within(1e-6f));
  }

  @Test
  void adagradRemembersTheSumOfTheSquares() {
    ServerOptimizer adagrad = ServerOptimizer.of("adagrad", Map.of("lr", 0.1, "tau", 0.5));
    float[][] state = adagrad.begin(1);

    assertThat(state[0]).containsExactly(0.25f);
    assertThat(next(adagrad, 3f, state)).isCloseTo(0.0847f, within(1e-4f));
    assertThat(state[0]).containsExactly(9.25f);
  }

  @Test
  void adamRemembersMeansThatFade() {
    ServerOptimizer adam =
        ServerOptimizer.of("adam", Map.of("lr", 0.1, "beta1", 0.5, "beta2", 0.75, "tau", 0.25));
    float[][] state = adam.begin(1);

    assertThat(next(adam, 4f, state)).isCloseTo(0.0884f, within(1e-4f));
    assertThat(state[0]).containsExactly(2f);
    assertThat(state[1]).containsExactly(0.75f * 0.0625f + 4f);
  }

  @Test
  void yogiForgetsSlowlyWhenDeltasShrink() {
    ServerOptimizer yogi =
        ServerOptimizer.of("yogi", Map.of("lr", 0.1, "beta1", 0.5, "beta2", 0.75, "tau", 0.25));
    float[][] state = yogi.begin(1);

    next(yogi, 4f, state);
    assertThat(state[1]).containsExactly(0.0625f + 4f);
    next(yogi, 1f, state);
    assertThat(state[1]).containsExactly(4.0625f - 0.25f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"momentum", "nesterov", "adagrad", "adam", "yogi"})
  void staysFiniteWhateverTheDeltas(String name) {
    ServerOptimizer optimizer = Bits.optimizer(name);
    float[][] state = optimizer.begin(5);
    float most = Float.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      float[] delta = {most, -most, 0f, Float.MIN_VALUE, round % 2 == 0 ? most : -most};
      optimizer.advance(delta, state);
      for (float value : optimizer.step(delta, state)) {
        assertThat(value).isFinite();
      }
      for (float[] vector : state) {
        for (float value : vector) {
          assertThat(value).isFinite();
        }
      }
    }
  }

  @Test
  void sayWhatIsMissing() {
    assertThatThrownBy(() -> ServerOptimizer.of("lion", Map.of()))
        .hasMessageContaining("'lion'")
        .hasMessageContaining("nesterov");
    assertThatThrownBy(() -> ServerOptimizer.of("adam", Map.of("lr", 0.1)))
        .hasMessage("optimizer 'adam' needs the parameter 'beta1'");
  }

  private static float next(ServerOptimizer optimizer, float delta, float[][] state) {
    float[] deltas = {delta};
    optimizer.advance(deltas, state);
    return optimizer.step(deltas, state)[0];
  }
}

package io.swarmstream.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DigitNetworkTest {
  private static final DigitNetwork NETWORK = new DigitNetwork(List.of(64, 48, 24, 10));

  @Test
  void namesEveryTensorInTheOrderOfTheFlatVector() {
    assertThat(NETWORK.layout())
        .containsExactly(
            new TensorShape("hidden1.weight", List.of(48L, 64L)),
            new TensorShape("hidden1.bias", List.of(48L)),
            new TensorShape("hidden2.weight", List.of(24L, 48L)),
            new TensorShape("hidden2.bias", List.of(24L)),
            new TensorShape("output.weight", List.of(10L, 24L)),
            new TensorShape("output.bias", List.of(10L)));
  }

  @Test
  void theLayoutAddsUpToWhatTheNetworkReallyHas() {
    TrainerOptions options = new TrainerOptions(List.of(48, 24), 8, 0.1, 0);
    try (Trainer trainer = new Trainer(Digits.load(), 1, 1, options)) {
      assertThat(trainer.layout().stream().mapToLong(TensorShape::size).sum())
          .isEqualTo(trainer.weights().length)
          .isEqualTo(trainer.parameterCount());
    }
  }

  @Test
  void initialWeightsDependOnTheSeedAlone() {
    assertThat(NETWORK.initialWeights(5)).isEqualTo(NETWORK.initialWeights(5));
    assertThat(NETWORK.initialWeights(5)).isNotEqualTo(NETWORK.initialWeights(6));
  }

  @Test
  void refusesANetworkWithoutLayers() {
    assertThatThrownBy(() -> new DigitNetwork(List.of(64)))
        .hasMessageContaining("an input and an output size, got [64]");
  }
}

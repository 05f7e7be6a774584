package io.swarmstream.examples.digits;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerOptionsTest {

  @Test
  void everyOptionSaysWhatItWouldTake() {
    assertThatThrownBy(() -> new TrainerOptions(List.of(4, 0), 1, 0.1, 0))
        .hasMessage("hiddenSizes must be at least 1, got [4, 0]");
    assertThatThrownBy(() -> new TrainerOptions(List.of(4), 0, 0.1, 0))
        .hasMessage("batchSize must be at least 1, got 0");
    assertThatThrownBy(() -> new TrainerOptions(List.of(4), 1, Double.NaN, 0))
        .hasMessage("learningRate must be greater than 0, got NaN");
    assertThatThrownBy(() -> new TrainerOptions(List.of(4), 1, 0.1, 1))
        .hasMessage("momentum must be 0 (inclusive) to 1 (exclusive), got 1.0");
  }

  @Test
  void everySplitOptionSaysWhatItWouldTake() {
    assertThatThrownBy(() -> new SplitOptions(4, 0, 0, 0.2, 1))
        .hasMessage("favouredClasses must be at least 1, got 0");
    assertThatThrownBy(() -> new SplitOptions(4, 2, 1.5, 0.2, 1))
        .hasMessage("scatteredShare must be 0 to 1, got 1.5");
    assertThatThrownBy(() -> new SplitOptions(4, 2, 0, 1, 1))
        .hasMessage("testShare must be between 0 and 1, got 1.0");
  }
}

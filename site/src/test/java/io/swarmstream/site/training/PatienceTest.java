package io.swarmstream.site.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatienceTest {
  static Stream<String> trainings() throws IOException {
    return CaseFile.lines("patience_cases.txt");
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void runsOutAfterTheSameRoundAsInPython(String line) {
    String[] parts = line.split("; ", -1);
    Patience patience = Patience.of(Integer.parseInt(parts[0]));
    String stop = "never";
    int round = 0;
    for (String loss : parts[1].split(" ", -1)) {
      if (!loss.equals("-") && patience.saw(round, number(loss)) && stop.equals("never")) {
        stop = String.valueOf(round);
      }
      round++;
    }

    assertThat(stop).isEqualTo(parts[2]);
    assertThat(patience.hasRunOut()).isEqualTo(!stop.equals("never"));
  }

  private static double number(String loss) {
    return switch (loss) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      default -> Double.parseDouble(loss);
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void refusesOtherNumbersOfRounds(int rounds) {
    assertThatThrownBy(() -> Patience.of(rounds))
        .hasMessageContaining("patience is " + rounds + "; give a positive number of rounds");
  }
}

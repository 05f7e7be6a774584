package io.swarmstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SwarmCommandTest {

  @Test
  void listsItsCommandsWhenNoneIsGiven() {
    Ran ran = Ran.swarm();

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("swarm", "demo", "Shows a swarm at work");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void saysTheSameAsHelp() {
    assertThat(Ran.swarm("--help")).isEqualTo(Ran.swarm());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dmo", "--sites"})
  void refusesWhatItDoesNotKnowInOneLine(String argument) {
    Ran ran = Ran.swarm(argument);

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().lines())
        .singleElement()
        .asString()
        .startsWith("swarm: ")
        .contains("'" + argument + "'");
    assertThat(ran.out()).isEmpty();
  }
}

package io.swarmstream.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.Optimizer;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class OptimizerChoiceTest {

  @Command
  private static final class Any {
    @Mixin private OptimizerChoice choice = new OptimizerChoice();
  }

  private static Optimizer parsed(String... options) {
    Any any = new Any();
    new CommandLine(any).parseArgs(options);
    return any.choice.optimizer();
  }

  @Test
  void takesANameAndParameters() {
    assertThat(parsed()).isEqualTo(Optimizer.NONE);
    assertThat(parsed("--optimizer", "none")).isEqualTo(Optimizer.NONE);
    assertThat(parsed("--optimizer", "nesterov").text()).isEqualTo("nesterov:lr=0.7,momentum=0.9");
    assertThat(parsed("--optimizer", "adam:lr=0.5").parameters()).containsEntry("lr", 0.5);
  }

  @Test
  void saysWhichThereAre() {
    assertThatThrownBy(() -> parsed("--optimizer", "lion"))
        .hasMessageContaining("--optimizer")
        .hasMessageContaining("none, momentum, nesterov, adagrad, adam, yogi");
  }
}

package io.swarmstream.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.Privacy;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class PrivacyChoiceTest {
  @Command
  private static final class AnyCommand {
    @SuppressWarnings("FieldMayBeFinal") // picocli sets it
    @Mixin
    private PrivacyChoice choice = new PrivacyChoice();
  }

  private static Privacy parsed(String... options) {
    AnyCommand any = new AnyCommand();
    new CommandLine(any).parseArgs(options);
    return any.choice.privacy();
  }

  @Test
  void isNoneUnlessSaid() {
    assertThat(parsed()).isEqualTo(Privacy.NONE);
    assertThat(parsed("--privacy", "none")).isEqualTo(Privacy.NONE);
    assertThat(parsed("--privacy", "dp(clip=1.0,noise=2)").text())
        .isEqualTo("dp(clip=1,noise=2,delta=0.00001)");
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> parsed("--privacy", "dp(clip=1)"))
        .hasMessageContaining("--privacy")
        .hasMessageContaining("does not say noise");
    assertThatThrownBy(() -> parsed("--privacy", "masked(scope=1)"))
        .hasMessageContaining("--privacy");
  }
}

package io.swarmstream.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.Encoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class EncodingChoiceTest {
  @Command
  private static final class Any {
    @Mixin private EncodingChoice encoding = new EncodingChoice();
  }

  private static Encoding parsed(String... options) {
    Any any = new Any();
    new CommandLine(any).parseArgs(options);
    return any.encoding.encoding();
  }

  @ParameterizedTest
  @EnumSource
  void takesTheCodeThatStandsInTheTerms(Encoding encoding) {
    assertThat(parsed("--encoding", encoding.code())).isEqualTo(encoding);
  }

  @Test
  void isFloat32UnlessAsked() {
    assertThat(parsed()).isEqualTo(Encoding.FLOAT32);
  }

  @Test
  void namesThoseThatAreKnown() {
    assertThatThrownBy(() -> parsed("--encoding", "int4"))
        .hasMessageContaining("--encoding")
        .hasMessageContaining("\"int4\" is not known here; known are [float32, float16");
  }

  @Test
  void listsThemInTheHelp() {
    assertThat(new CommandLine(new Any()).getUsageMessage())
        .contains("float32, float16, bfloat16, int8");
  }
}

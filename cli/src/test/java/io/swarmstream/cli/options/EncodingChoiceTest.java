package io.swarmstream.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.DeltaEncoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class EncodingChoiceTest {
  @Command
  private static final class Any {
    @Mixin private EncodingChoice encoding = new EncodingChoice();
  }

  private static DeltaEncoding parsed(String... options) {
    Any any = new Any();
    new CommandLine(any).parseArgs(options);
    return any.encoding.encoding();
  }

  @ParameterizedTest
  @ValueSource(strings = {"float32", "float16", "bfloat16", "int8", "int4", "topk:1"})
  void takesTheCodeThatStandsInTheTerms(DeltaEncoding encoding) {
    assertThat(parsed("--encoding", encoding.code())).isEqualTo(encoding);
  }

  @Test
  void isFloat32UnlessAsked() {
    assertThat(parsed()).isEqualTo(DeltaEncoding.FLOAT32);
  }

  @Test
  void namesThoseThatAreKnown() {
    assertThatThrownBy(() -> parsed("--encoding", "int2"))
        .hasMessageContaining("--encoding")
        .hasMessageContaining("\"int2\" is not known here; known are [float32, float16");
  }

  @Test
  void listsThemInTheHelp() {
    assertThat(new CommandLine(new Any()).getUsageMessage())
        .contains("float32, float16, bfloat16, int8, int4, topk:P");
  }
}

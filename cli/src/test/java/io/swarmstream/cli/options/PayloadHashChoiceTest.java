package io.swarmstream.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.hashing.PayloadHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class PayloadHashChoiceTest {
  @Command
  private static final class Any {
    @Mixin private PayloadHashChoice hash = new PayloadHashChoice();
  }

  private static PayloadHash parsed(String... options) {
    Any any = new Any();
    new CommandLine(any).parseArgs(options);
    return any.hash.payloadHash();
  }

  @ParameterizedTest
  @EnumSource
  void takesTheCodeThatStandsInTheTerms(PayloadHash hash) {
    assertThat(parsed("--payload-hash", hash.code())).isEqualTo(hash);
  }

  @Test
  void isBlake3UnlessAsked() {
    assertThat(parsed()).isEqualTo(PayloadHash.BLAKE3);
  }

  @Test
  void namesThoseThatAreKnown() {
    assertThatThrownBy(() -> parsed("--payload-hash", "md5"))
        .hasMessageContaining("--payload-hash")
        .hasMessageContaining("\"md5\" is not known here; known are [blake3, sha-256]");
  }

  @Test
  void listsThemInTheHelp() {
    assertThat(new CommandLine(new Any()).getUsageMessage()).contains("blake3, sha-256");
  }
}

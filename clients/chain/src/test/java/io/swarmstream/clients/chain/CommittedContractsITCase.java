package io.swarmstream.clients.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommittedContractsITCase {
  @Test
  void areWhatTheSoliditySourcesCompileTo() throws Exception {
    Process compiler =
        new ProcessBuilder("node", "compile.mjs", "--check").redirectErrorStream(true).start();
    String output = new String(compiler.getInputStream().readAllBytes(), UTF_8);

    assertThat(compiler.waitFor(60, SECONDS)).isTrue();
    assertThat(compiler.exitValue()).as(output).isZero();
  }
}

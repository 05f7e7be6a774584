package io.swarmstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class CommandLinesTest {
  @Test
  void areWhole() throws Exception {
    String mark = UUID.randomUUID().toString();
    Process process =
        new ProcessBuilder("sh", "-c", "read it; :", "x".repeat(10_000), mark).start();
    try {
      assertThat(CommandLines.running("read it", mark)).containsExactly(process.toHandle());
      assertThat(CommandLines.running(mark, "nothing")).isEmpty();
    } finally {
      process.destroy();
      assertThat(process.waitFor()).isNotNegative();
    }
    assertThat(CommandLines.running(mark)).isEmpty();
  }
}

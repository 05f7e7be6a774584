package io.swarmstream.schemas.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessEndTest {
  @Test
  void saysWhetherAProcessHasEnded() throws Exception {
    ProcessHandle process = new ProcessBuilder("sleep", "60").start().toHandle();
    try {
      assertThat(ProcessEnd.within(process, Duration.ofMillis(1))).isFalse();
      assertThat(process.destroyForcibly()).isTrue();
      assertThat(ProcessEnd.within(process, Duration.ofSeconds(10))).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }
}

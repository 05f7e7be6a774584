package io.swarmstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TerminalTest {
  /** A command with a fault. */
  public static final class Broken {
    private Broken() {}

    /** Ends with an error. */
    public static void main(String[] args) {
      Terminal.exitWith(
          () -> {
            throw new NoClassDefFoundError("a jar is missing");
          });
    }
  }

  @Test
  void aCommandThatBreaksEndsAtOnce() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Broken.class.getName())
            .redirectErrorStream(true)
            .start();
    // It used to wait 30 s for itself.
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("ended within 20 s").isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("a jar is missing");
  }
}

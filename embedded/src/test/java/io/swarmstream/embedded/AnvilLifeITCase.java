package io.swarmstream.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of anvil when the process that started it is killed and can stop nothing. */
class AnvilLifeITCase {
  @Test
  void endsWithAKilledParent() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = parent.inputReader(StandardCharsets.UTF_8)) {
      ProcessHandle anvil = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
      assertThat(anvil.isAlive()).isTrue();

      parent.destroyForcibly();

      await().atMost(Duration.ofSeconds(10)).until(() -> !anvil.isAlive());
    } finally {
      parent.destroyForcibly();
    }
  }

  /** Starts anvil, names its process and waits. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws InterruptedException {
      try (Anvil anvil = Anvil.start()) {
        System.out.println(anvil.pid());
        Thread.sleep(60_000);
      }
    }
  }
}

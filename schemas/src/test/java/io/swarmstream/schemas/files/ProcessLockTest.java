package io.swarmstream.schemas.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {
  @TempDir Path folder;

  /** On POSIX, closing a second channel of the file would end the lock. */
  @Test
  void holdsAfterThisProcessHasAskedForItAgain() throws Exception {
    Path file = folder.resolve("lock");
    try (ProcessLock held = ProcessLock.of(file).orElseThrow()) {
      assertThat(held).isNotNull();
      assertThat(ProcessLock.of(file)).isEmpty();
      assertThat(FolderLock.await(folder, Duration.ofMillis(50))).isEmpty();

      assertThat(anotherProcessGets(file)).isFalse();
    }
    assertThat(anotherProcessGets(file)).isTrue();
    try (ProcessLock again = ProcessLock.of(file).orElseThrow()) {
      assertThat(again).isNotNull();
    }
  }

  private static boolean anotherProcessGets(Path file) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Taker.class.getName(),
                file.toString())
            .start();
    String said = process.inputReader().readLine();
    assertThat(process.waitFor()).isZero();
    return said.equals("true");
  }

  /** Says whether it gets the lock. */
  static final class Taker {
    private Taker() {}

    public static void main(String[] args) throws IOException {
      System.out.println(ProcessLock.of(Path.of(args[0])).isPresent());
    }
  }
}

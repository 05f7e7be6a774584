package io.swarmstream.local.processes;

import io.swarmstream.schemas.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Runs a program until it ends, with a deadline, and keeps its output. */
final class Program {
  private final Path log;

  Program(Path log) {
    this.log = log;
  }

  /** Exit code and output of a program. */
  record End(int exitCode, String output) {}

  /**
   * Runs the program.
   *
   * @throws IllegalStateException when it does not end in time; the message holds its output so far
   */
  End run(List<String> command, Map<String, String> environment, Duration deadline)
      throws IOException, InterruptedException {
    PrivateFiles.folder(Objects.requireNonNull(log.getParent()));
    PrivateFiles.file(log);
    ProcessBuilder builder =
        new ProcessBuilder(PrivateCommand.of(command))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            String.join(" ", command)
                + " did not end within "
                + deadline.toSeconds()
                + " s; it said:\n"
                + Files.readString(log));
      }
    } finally {
      process.destroyForcibly();
    }
    return new End(process.exitValue(), Files.readString(log));
  }

  /** Runs the program, and throws when it fails. */
  String require(List<String> command, Map<String, String> environment, Duration deadline)
      throws IOException, InterruptedException {
    End end = run(command, environment, deadline);
    if (end.exitCode() != 0) {
      throw new IllegalStateException(
          String.join(" ", command) + " ended with " + end.exitCode() + ":\n" + end.output());
    }
    return end.output();
  }
}

package io.swarmstream.local.processes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.schemas.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that outlives the one that started it; a file with its process ID identifies it later.
 *
 * <p>The file also holds the process's start time, because after a reboot another process may have
 * the same ID.
 */
final class PartProcess {
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(30);
  private static final int LAST_LINES = 15;

  private final String label;
  private final Path pidFile;
  private final Path log;

  PartProcess(String label, Path folder) {
    this.label = label;
    this.pidFile = folder.resolve("run").resolve(label + ".pid");
    this.log = folder.resolve("logs").resolve(label + ".log");
  }

  String label() {
    return label;
  }

  Path log() {
    return log;
  }

  /** The path of the log and its last lines, without the frames of stack traces. */
  String lastSaid() throws IOException {
    // Decodes any bytes, because the log is shown only after something else went wrong.
    List<String> lines =
        new String(Files.readAllBytes(log), UTF_8)
            .lines()
            .filter(line -> !line.startsWith("\tat "))
            .toList();
    return "the last lines of "
        + log
        + ":\n"
        + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  /** Its process, if it runs. */
  Optional<ProcessHandle> handle() {
    try {
      if (!Files.exists(pidFile)) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(pidFile);
      return ProcessHandle.of(Long.parseLong(lines.get(0)))
          .filter(ProcessHandle::isAlive)
          .filter(found -> startOf(found).equals(lines.get(1)));
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + pidFile, e);
    }
  }

  boolean isAlive() {
    return handle().isPresent();
  }

  Optional<Instant> startedAt() {
    return handle().flatMap(found -> found.info().startInstant());
  }

  /** When a process that does not run last wrote to its log; empty when it runs or never ran. */
  Optional<Instant> downSince() {
    try {
      return isAlive() || !Files.exists(pidFile)
          ? Optional.empty()
          : Optional.of(Files.getLastModifiedTime(log).toInstant());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Starts the process in its own session, so that it keeps running when the terminal is closed.
   */
  void start(List<String> command, Map<String, String> environment) throws IOException {
    PrivateFiles.folder(Objects.requireNonNull(pidFile.getParent()));
    PrivateFiles.folder(Objects.requireNonNull(log.getParent()));
    PrivateFiles.file(log);
    List<String> detached = new ArrayList<>();
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      detached.add("/usr/bin/setsid"); // becomes the command, under the same number
    }
    detached.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(PrivateCommand.of(detached))
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    PrivateFiles.write(pidFile, process.pid() + "\n" + startOf(process.toHandle()));
  }

  /** Kills the process, as {@code kill -9} does, if it runs. */
  void kill() {
    handle().ifPresent(found -> end(found, true));
  }

  /** Asks the process to end, and kills it if it does not. */
  void stop() {
    handle().ifPresent(found -> end(found, false));
  }

  private void end(ProcessHandle found, boolean atOnce) {
    try {
      if (!atOnce) {
        found.destroy();
        try {
          found.onExit().get(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
          return;
        } catch (TimeoutException e) {
          // Killed below.
        }
      }
      found.destroyForcibly();
      found.onExit().get(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IllegalStateException(
          label + " (process " + found.pid() + ") does not end; end it by hand", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + label + " ended", e);
    }
  }

  private static String startOf(ProcessHandle found) {
    return found.info().startInstant().map(Instant::toString).orElse("unknown");
  }
}

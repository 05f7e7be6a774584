package io.swarmstream.tasks.process;

import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.tasks.content.WorkDeadline;
import io.swarmstream.tasks.run.RunFailure;
import io.swarmstream.tasks.run.WorkProgress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a build does and prints: a file, and the progress for what its people should know. */
final class BuildLog {
  private static final int LAST_BYTES = 4096;
  private static final int LONGEST = 300;

  private final Path file;
  private final WorkProgress progress;

  BuildLog(Path file, WorkProgress progress) throws IOException {
    this.file = file.toAbsolutePath();
    this.progress = progress;
    Files.deleteIfExists(file);
    PrivateFiles.file(this.file);
  }

  void note(String line) throws IOException {
    Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
  }

  /** Notes what is left out, and tells the progress. */
  void warn(String line) throws IOException {
    note("warning: " + line);
    progress.says("warning: " + line);
  }

  /** Runs a program of the environment, in nothing of this process's environment. */
  int run(
      List<String> command,
      Path directory,
      Map<String, String> variables,
      PythonEnvironment environment,
      WorkDeadline deadline)
      throws IOException {
    note("$ " + String.join(" ", command));
    Files.createDirectories(directory);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    CleanEnvironment.put(builder.environment(), environment, environment.folder(), variables);
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile()))
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    try {
      while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
        deadline.check();
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailure("the build was interrupted", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** The newest line that is not blank, for messages. */
  String lastLine() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int from = Math.max(0, bytes.length - LAST_BYTES);
    String tail = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    return tail.lines()
        .filter(line -> !line.isBlank())
        .reduce((first, second) -> second)
        .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) + " …" : line)
        .orElse("it printed nothing");
  }
}

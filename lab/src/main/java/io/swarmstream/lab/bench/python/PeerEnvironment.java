package io.swarmstream.lab.bench.python;

import io.swarmstream.local.processes.Steps;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Python environment with the systems that the benchmarks compare with, at the versions in {@code
 * benchmarks/python/requirements.txt}. It is created once in {@code .swarm/peers-venv}, and again
 * when that file changes.
 */
public final class PeerEnvironment {
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final Path scripts;
  private final Path folder;

  private PeerEnvironment(Path repository) {
    scripts = repository.resolve("benchmarks/python");
    folder = repository.resolve(".swarm/peers-venv");
  }

  /**
   * The environment, created if it does not exist yet.
   *
   * @param repository the folder that contains {@code benchmarks/}
   * @param steps receives a step when the environment is created, which takes a minute or more
   * @throws IllegalStateException when Python or a package is not available
   */
  public static PeerEnvironment of(Path repository, Steps steps) throws Exception {
    PeerEnvironment environment = new PeerEnvironment(repository);
    Files.createDirectories(environment.folder.getParent());
    try (FileChannel lock =
        FileChannel.open(
            environment.beside(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // Another benchmark may be creating it at the same time.
      lock.lock();
      if (!environment.isMade()) {
        steps.run("installing the systems to compare with, once", environment::make);
      }
    }
    return environment;
  }

  /** Path of the interpreter. */
  public Path python() {
    return folder.resolve("bin/python");
  }

  /** Path of a program in {@code benchmarks/python}. */
  public Path script(String name) {
    return scripts.resolve(name);
  }

  private Path requirements() {
    return script("requirements.txt");
  }

  /** A file that is written last, so that an incomplete installation does not count. */
  private Path stamp() {
    return folder.resolve("made-from.txt");
  }

  private boolean isMade() throws IOException {
    return Files.isRegularFile(stamp())
        && Files.isExecutable(python())
        && Files.readString(stamp()).equals(Files.readString(requirements()));
  }

  private PeerEnvironment make() throws IOException, InterruptedException {
    Files.deleteIfExists(beside(".log"));
    run(List.of("python3", "-m", "venv", "--clear", folder.toString()));
    run(
        List.of(
            python().toString(),
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--no-input",
            "-r",
            requirements().toString()));
    Files.copy(requirements(), stamp());
    return this;
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    Path log = beside(".log");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new IllegalStateException(
          "no '%s' to run; install Python 3.11 or later with its venv module ('swarm bench kernels --skip-peers' does without)"
              .formatted(command.get(0)),
          e);
    }
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "'%s' did not end within %d minutes; what it said is in %s"
                .formatted(String.join(" ", command), PATIENCE.toMinutes(), log));
      }
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          "'%s' failed; what it said is in %s ('swarm bench kernels --skip-peers' does without)"
              .formatted(String.join(" ", command), log));
    }
  }

  private Path beside(String suffix) {
    return folder.resolveSibling(folder.getFileName() + suffix);
  }
}

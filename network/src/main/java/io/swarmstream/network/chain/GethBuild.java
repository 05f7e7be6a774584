package io.swarmstream.network.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.files.ProcessLock;
import io.swarmstream.schemas.processes.ChildCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Builds geth from its Go module into the cache. Go checks the module against its checksum
 * database, as for any module.
 */
final class GethBuild {
  private static final Duration DEADLINE = Duration.ofMinutes(15);
  private static final Duration PROGRESS = Duration.ofSeconds(20);
  private static final int LAST_CHARACTERS = 2_000;

  private static final String MODULE =
      "github.com/ethereum/go-ethereum/cmd/geth@v" + GethBinary.VERSION;

  private static final Pattern GO_VERSION = Pattern.compile("go1\\.(\\d+).*", Pattern.DOTALL);

  private static final String WAYS_OUT =
      "install Go 1.21 or later (https://go.dev/dl) and try again, name a geth "
          + GethBinary.VERSION
          + " with "
          + GethBinary.OVERRIDE
          + ", put one into PATH, or use an Ethereum node of yours with --chain URL";

  private GethBuild() {}

  /** Builds the program, or waits for another process that does. */
  static Path build(Path program, Map<String, String> environment, Consumer<String> progress) {
    Path folder = Objects.requireNonNull(program.getParent());
    try {
      PrivateFiles.folder(folder);
      Instant end = Instant.now().plus(DEADLINE);
      try (ProcessLock unused = lock(folder, end, progress)) {
        if (!Files.isExecutable(program)) { // or else the other process has built it
          buildLocked(program, environment, end, progress);
        }
        return program;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("geth cannot be built into " + folder, e);
    }
  }

  private static ProcessLock lock(Path folder, Instant end, Consumer<String> progress)
      throws IOException {
    Path file = folder.resolve("build.lock");
    Optional<ProcessLock> lock = ProcessLock.of(file);
    if (lock.isEmpty()) {
      progress.accept("another process is building geth into " + folder + "; waiting for it");
    }
    while (lock.isEmpty()) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException(
            "another process has held "
                + file
                + " for "
                + DEADLINE.toMinutes()
                + " minutes; see whether it still builds geth, and end it otherwise");
      }
      pause();
      lock = ProcessLock.of(file);
    }
    return lock.get();
  }

  private static void buildLocked(
      Path program, Map<String, String> environment, Instant end, Consumer<String> progress)
      throws IOException {
    Path go =
        GethBinary.onPath(environment, "go")
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "geth "
                            + GethBinary.VERSION
                            + ", the Ethereum node of a network node, is not installed, and it"
                            + " cannot be built, because there is no Go: "
                            + WAYS_OUT));
    Path target = Files.createTempDirectory(Objects.requireNonNull(program.getParent()), "build-");
    try {
      progress.accept(
          "building geth " + GethBinary.VERSION + " with " + go + ", once; it takes some minutes");
      run(go, target, end, progress);
      // The name appears only when the program is whole.
      PrivateFiles.rename(target.resolve("geth"), program);
      progress.accept("built " + program);
    } finally {
      Files.deleteIfExists(target.resolve("geth"));
      Files.deleteIfExists(target.resolve("build.log"));
      Files.deleteIfExists(target);
    }
  }

  private static void run(Path go, Path target, Instant end, Consumer<String> progress)
      throws IOException {
    Path log = target.resolve("build.log");
    String linker = linkerOptions(said(List.of(go.toString(), "env", "GOVERSION")));
    List<String> command = List.of(go.toString(), "install", "-ldflags=" + linker, MODULE);
    ProcessBuilder builder =
        new ProcessBuilder(ChildCommand.of(command))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("GOBIN", target.toAbsolutePath().toString());
    builder.environment().put("GOFLAGS", "-buildvcs=false");
    Instant began = Instant.now();
    Process process = builder.start();
    try {
      while (!process.waitFor(PROGRESS.toMillis(), TimeUnit.MILLISECONDS)) {
        long seconds = Duration.between(began, Instant.now()).toSeconds();
        progress.accept("still building geth, for " + seconds + " s");
        if (Instant.now().isAfter(end)) {
          throw new IllegalStateException(
              "geth was not built within " + DEADLINE.toMinutes() + " minutes; " + WAYS_OUT);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while geth was built", e);
    } finally {
      process.destroy();
    }
    if (process.exitValue() != 0) {
      String said = new String(Files.readAllBytes(log), UTF_8);
      throw new IllegalStateException(
          "geth could not be built; Go said: "
              + said.substring(Math.max(0, said.length() - LAST_CHARACTERS)).strip()
              + "\n"
              + WAYS_OUT);
    }
  }

  /** A dependency of geth links with Go 1.23 and later only with an option that older ones lack. */
  static String linkerOptions(String goVersion) {
    Matcher minor = GO_VERSION.matcher(goVersion);
    boolean isOld = minor.matches() && Integer.parseInt(minor.group(1)) < 23;
    return isOld ? "-s -w" : "-checklinkname=0 -s -w";
  }

  private static String said(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
  }

  private static void pause() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while another process built geth", e);
    }
  }
}

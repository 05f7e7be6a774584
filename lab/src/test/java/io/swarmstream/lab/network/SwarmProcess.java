package io.swarmstream.lab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A {@code swarm} command as a process of its own, with what it prints in a file. */
final class SwarmProcess implements AutoCloseable {
  static final Path ROOT = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
  private static final Duration STOP = Duration.ofSeconds(30);

  private final Process process;
  private final Path output;

  private SwarmProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts a command in a folder, which stands for the machine of an organisation. */
  static SwarmProcess start(Path machine, String... arguments) throws IOException {
    Files.createDirectories(machine);
    Path output = Files.createTempFile(machine, "out-", ".txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx300m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-Dswarm.home=" + ROOT,
            "-cp",
            System.getProperty("java.class.path"),
            "io.swarmstream.cli.SwarmCommand"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(machine.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    return new SwarmProcess(builder.start(), output);
  }

  /** Runs a command to its end, which has to be a good one; returns what it printed. */
  static String run(Path machine, Duration deadline, String... arguments) throws Exception {
    try (SwarmProcess started = start(machine, arguments)) {
      assertThat(started.process.waitFor(deadline.toSeconds(), TimeUnit.SECONDS))
          .as("%s did not end: %s", List.of(arguments), started.printed())
          .isTrue();
      assertThat(started.process.exitValue())
          .as("%s: %s", List.of(arguments), started.printed())
          .isZero();
      return started.printed();
    }
  }

  SwarmProcess awaitText(String wanted, Duration deadline) {
    await("\"" + wanted + "\" in " + output)
        .atMost(deadline)
        .failFast("ended", () -> assertThat(process.isAlive()).as("%s", printed()).isTrue())
        .untilAsserted(() -> assertThat(printed()).contains(wanted));
    return this;
  }

  String printed() throws IOException {
    return Files.readString(output);
  }

  /** As a power failure would. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}

package io.swarmstream.lab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.lab.network.MemberIdentities.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A {@code swarm} command as a process of its own, with what it prints in a file. */
public final class SwarmProcess implements AutoCloseable {
  public static final Path ROOT = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
  private static final Duration STOP = Duration.ofSeconds(30);

  private final Process process;
  private final Path output;

  private SwarmProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts a command in a folder, which stands for a machine. */
  public static SwarmProcess start(Path folder, String... arguments) throws IOException {
    return start(machine(folder), Given.NOTHING, arguments);
  }

  /** Runs a command in a folder to its end, which has to be a good one. */
  public static String run(Path folder, Duration deadline, String... arguments) throws Exception {
    return run(machine(folder), Given.NOTHING, deadline, arguments);
  }

  private static Machine machine(Path folder) {
    return new Machine(folder, "127.0.0.1", List.of());
  }

  /** As a power failure would. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Starts a command on a machine. */
  static SwarmProcess start(Machine machine, Given given, String... arguments) throws IOException {
    List<String> command = java(machine, "-Dswarm.home=" + ROOT, "io.swarmstream.cli.SwarmCommand");
    command.addAll(List.of(arguments));
    command.addAll(given.options());
    Files.createDirectories(machine.folder());
    Path output = Files.createTempFile(machine.folder(), "out-", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(machine.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(given.variables());
    return new SwarmProcess(builder.start(), output);
  }

  /** The command line of a program of this class path. */
  static List<String> java(Machine machine, String... end) {
    List<String> command = new ArrayList<>(machine.inside());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx300m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path")));
    command.addAll(List.of(end));
    return command;
  }

  /** Runs a command to its end, which has to be a good one; returns what it printed. */
  static String run(Machine machine, Given given, Duration deadline, String... arguments)
      throws Exception {
    return run(machine, given, deadline, 0, arguments);
  }

  /** Runs a command that has to fail; returns what it printed. */
  static String fail(Machine machine, Given given, Duration deadline, String... arguments)
      throws Exception {
    return run(machine, given, deadline, 1, arguments);
  }

  private static String run(
      Machine machine, Given given, Duration deadline, int exitCode, String... arguments)
      throws Exception {
    try (SwarmProcess started = start(machine, given, arguments)) {
      int code = started.awaitEnd(deadline);
      assertThat(code).as("%s: %s", List.of(arguments), started.printed()).isEqualTo(exitCode);
      return started.printed();
    }
  }

  /** Waits until the command has ended by itself; returns its exit code. */
  public int awaitEnd(Duration deadline) throws Exception {
    assertThat(process.waitFor(deadline.toSeconds(), TimeUnit.SECONDS))
        .as("it did not end: %s", printed())
        .isTrue();
    return process.exitValue();
  }

  public SwarmProcess awaitText(String wanted, Duration deadline) {
    await("\"" + wanted + "\" in " + output)
        .atMost(deadline)
        .failFast("ended", () -> assertThat(process.isAlive()).as("%s", printed()).isTrue())
        .untilAsserted(() -> assertThat(printed()).contains(wanted));
    return this;
  }

  public String printed() throws IOException {
    return Files.readString(output);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}

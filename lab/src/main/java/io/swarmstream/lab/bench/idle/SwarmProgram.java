package io.swarmstream.lab.bench.idle;

import io.swarmstream.lab.bench.machine.ProcessFigures;
import io.swarmstream.schemas.processes.ChildCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One long-running command of the {@code swarm} script in a process of its own, as a user runs it:
 * the script chooses the options of the JVM.
 */
final class SwarmProgram implements AutoCloseable {
  private static final Duration START_DEADLINE = Duration.ofMinutes(5);
  private static final Duration STOP_DEADLINE = Duration.ofMinutes(2);
  private static final double NANOS_PER_SECOND = 1e9;

  private final Process process;
  private final IdleResult.Start start;

  private SwarmProgram(Process process, IdleResult.Start start) {
    this.process = process;
    this.start = start;
  }

  /**
   * Starts it; returns when it says that it is up.
   *
   * @param script the {@code swarm} script
   * @param sign part of the line that says so
   * @throws IllegalStateException when it does not; the message has what it said
   */
  static SwarmProgram start(Path script, String sign, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(ChildCommand.of(command)).redirectErrorStream(true);
    builder.environment().put("SWARM_CLASS_PATH", System.getProperty("java.class.path"));
    long began = System.nanoTime();
    Process process = builder.start();
    try {
      awaitLine(process, sign, arguments[0]);
      double seconds = (System.nanoTime() - began) / NANOS_PER_SECOND;
      return new SwarmProgram(process, new IdleResult.Start(seconds, cpuSeconds(process.pid())));
    } catch (IllegalStateException | InterruptedException e) {
      process.destroy();
      throw e;
    }
  }

  private static void awaitLine(Process process, String sign, String name)
      throws InterruptedException {
    Queue<String> said = new ConcurrentLinkedQueue<>();
    CompletableFuture<String> up = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(process, sign, said, up), "bench-idle-" + name);
    reader.setDaemon(true);
    reader.start();
    try {
      var unused = up.get(START_DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IllegalStateException(
          "swarm %s did not start%s; it said:\n%s"
              .formatted(
                  name,
                  e instanceof TimeoutException
                      ? " within " + START_DEADLINE.toSeconds() + " s"
                      : "",
                  String.join("\n", said)),
          e);
    }
  }

  /** Reads to the end, so that a full pipe never blocks the process. */
  private static void read(
      Process process, String sign, Queue<String> said, CompletableFuture<String> up) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!up.isDone()) {
          said.add(line);
        }
        if (line.contains(sign)) {
          up.complete(line);
        }
      }
      up.completeExceptionally(new IOException("end of output"));
    } catch (IOException e) {
      up.completeExceptionally(e);
    }
  }

  IdleResult.Start start() {
    return start;
  }

  long pid() {
    return process.pid();
  }

  /** The process that a command line of this one's names, such as the Ethereum node. */
  long child(String program) {
    return process
        .descendants()
        .filter(child -> child.info().command().filter(name -> name.endsWith(program)).isPresent())
        .findFirst()
        .map(ProcessHandle::pid)
        .orElseThrow(
            () -> new IllegalStateException("swarm runs no " + program + "; has it been killed?"));
  }

  static double cpuSeconds(long pid) {
    return ProcessFigures.cpu(pid).toNanos() / NANOS_PER_SECOND;
  }

  /** Stops it as Ctrl-C does. */
  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(STOP_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }
}

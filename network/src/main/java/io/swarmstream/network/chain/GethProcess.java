package io.swarmstream.network.chain;

import io.swarmstream.schemas.processes.ChildCommand;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A geth as a child process. A thread starts it again when it ends by itself, after a pause that
 * grows from half a second to a minute while it keeps ending early.
 */
final class GethProcess implements Closeable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration STEADY = Duration.ofMinutes(1);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(30);
  private static final Duration KILL_DEADLINE = Duration.ofSeconds(5);

  private final CommandSource command;
  private final CappedLog log;
  private final Thread stopWithJvm = new Thread(this::endProcess, "geth-stop");

  private @Nullable Thread watcher;
  private volatile boolean isWanted;
  private volatile @Nullable Process process;
  private volatile String trouble = "";

  /** The command, made anew for each start, because addresses change. */
  interface CommandSource {
    List<String> command() throws IOException;
  }

  GethProcess(CommandSource command, Path logFile, long logBytes) throws IOException {
    this.command = command;
    this.log = new CappedLog(logFile, logBytes);
    Runtime.getRuntime().addShutdownHook(stopWithJvm);
  }

  /** Starts the process; does nothing when it is running. */
  synchronized void start() {
    if (watcher != null && watcher.isAlive()) {
      return;
    }
    isWanted = true;
    trouble = "";
    watcher = new Thread(this::run, "geth-watcher");
    watcher.setDaemon(true);
    watcher.start();
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    try {
      while (isWanted) {
        Instant began = Instant.now();
        String end = runOnce();
        if (!isWanted) {
          return;
        }
        boolean wasSteady = Duration.between(began, Instant.now()).compareTo(STEADY) > 0;
        pause = wasSteady ? FIRST_PAUSE : pause;
        trouble = end + "; it is started again after " + pause.toMillis() + " ms";
        Thread.sleep(pause.toMillis());
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
      }
    } catch (InterruptedException e) {
      // stop() ends the pause.
    }
  }

  /** Runs the process until it ends, and says how. */
  private String runOnce() throws InterruptedException {
    Process started;
    try {
      started = launch();
    } catch (IOException | IllegalStateException e) {
      return "geth cannot be started: " + e.getMessage();
    }
    Thread copier = log.follow(started);
    int code = started.waitFor();
    copier.join(KILL_DEADLINE.toMillis());
    return "geth ended with status " + code + "; " + log.lastSaid();
  }

  private Process launch() throws IOException {
    Process started =
        new ProcessBuilder(ChildCommand.of(command.command())).redirectErrorStream(true).start();
    process = started;
    if (!isWanted) { // stopped meanwhile
      started.destroyForcibly();
    }
    return started;
  }

  boolean isAlive() {
    Process running = process;
    return running != null && running.isAlive();
  }

  /** Process ID; -1 when it does not run. */
  long pid() {
    Process running = process;
    return running != null && running.isAlive() ? running.pid() : -1;
  }

  /** How it last ended by itself; empty when it has not. */
  String trouble() {
    return trouble;
  }

  /** Stops the process: it writes its state first. */
  synchronized void stop() {
    isWanted = false;
    endProcess();
    join();
  }

  /** Kills the process at once, and leaves it so. */
  synchronized void kill() {
    isWanted = false;
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      hasEnded(running, KILL_DEADLINE);
    }
    join();
  }

  private void endProcess() {
    isWanted = false;
    Process running = process;
    if (running != null && running.isAlive()) {
      running.destroy();
      if (!hasEnded(running, STOP_DEADLINE)) {
        running.destroyForcibly();
        hasEnded(running, KILL_DEADLINE);
      }
    }
  }

  private void join() {
    Thread thread = watcher;
    if (thread != null) {
      thread.interrupt();
      try {
        thread.join(KILL_DEADLINE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean hasEnded(Process process, Duration deadline) {
    try {
      return process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    stop();
    log.close();
    try {
      Runtime.getRuntime().removeShutdownHook(stopWithJvm);
    } catch (IllegalStateException e) {
      // The JVM is shutting down: the hook runs already.
    }
  }
}

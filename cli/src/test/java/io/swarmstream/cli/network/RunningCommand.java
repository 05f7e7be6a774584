package io.swarmstream.cli.network;

import io.swarmstream.cli.SwarmCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command in a thread of its own, as one that runs until it is stopped. */
final class RunningCommand {
  private static final Duration STOP = Duration.ofSeconds(40);

  private final StringWriter text = new StringWriter();
  private final FutureTask<Integer> task;
  private final Thread thread;

  private RunningCommand(String... args) {
    PrintWriter out = new PrintWriter(text, true);
    task = new FutureTask<>(() -> SwarmCommand.execute(out, out, args));
    thread = new Thread(task, String.join(" ", args));
    thread.start();
  }

  static RunningCommand start(String... args) {
    return new RunningCommand(args);
  }

  /** Waits until it has printed something. */
  RunningCommand awaitText(String wanted, Duration deadline) throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    while (!text().contains(wanted)) {
      if (task.isDone() || System.nanoTime() > end) {
        throw new AssertionError(
            "no \"" + wanted + "\" within " + deadline + " in what was printed: " + text());
      }
      Thread.sleep(50);
    }
    return this;
  }

  String text() {
    return text.toString();
  }

  /** Waits until it ends by itself; returns its exit code. */
  int await(Duration deadline) throws InterruptedException, ExecutionException, TimeoutException {
    return task.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Stops it as Ctrl-C does; returns its exit code. */
  int stop() throws InterruptedException, ExecutionException, TimeoutException {
    thread.interrupt();
    return await(STOP);
  }
}

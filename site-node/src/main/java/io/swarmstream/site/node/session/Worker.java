package io.swarmstream.site.node.session;

import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that talks to the swarm for a session. */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final long CLOSING_SECONDS = 3;

  private final String name;
  private final ExecutorService thread;

  Worker(String name) {
    this.name = name;
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread made = new Thread(work, name);
              made.setDaemon(true);
              return made;
            });
  }

  /** Work that reports its own failures. */
  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }

  /**
   * Runs work after what was submitted before.
   *
   * @throws ProblemException when the session has been closed
   */
  void submit(Work work) {
    try {
      thread.execute(() -> run(work));
    } catch (RejectedExecutionException e) {
      throw ProblemException.of(
              ProblemCode.UNKNOWN_SESSION, "the session was closed; open it again", e)
          .in("id");
    }
  }

  private static void run(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Interrupts the work, and waits some seconds until it has ended. */
  void close() throws InterruptedException {
    thread.shutdownNow();
    if (!thread.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
      LOG.warn("Thread {} has not ended {} s after it was interrupted", name, CLOSING_SECONDS);
    }
  }
}

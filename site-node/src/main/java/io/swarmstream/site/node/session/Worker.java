package io.swarmstream.site.node.session;

import io.swarmstream.schemas.processes.BackgroundThread;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.util.concurrent.RejectedExecutionException;

/** The one thread that talks to the swarm for a session. */
final class Worker {
  private final BackgroundThread thread;

  Worker(String name) {
    this.thread = new BackgroundThread(name);
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
  void close() {
    thread.close();
  }
}

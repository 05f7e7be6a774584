package io.swarmstream.site.node;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that speaks with the swarm for a session. */
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

  /** Work that tells its own failures. */
  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }

  void submit(Work work) {
    thread.execute(
        () -> {
          try {
            work.run();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Interrupts what is being done, and waits until it has ended. */
  void close() throws InterruptedException {
    thread.shutdownNow();
    if (!thread.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
      LOG.warn("{} has not ended after {} s", name, CLOSING_SECONDS);
    }
  }
}

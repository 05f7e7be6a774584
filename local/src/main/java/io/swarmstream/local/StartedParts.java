package io.swarmstream.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a swarm has started, to be closed in the opposite order. Parts may be added by several
 * threads.
 */
final class StartedParts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StartedParts.class);

  /** The last started first. */
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** Keeps a part to be closed, and returns it. */
  <T extends AutoCloseable> T add(T part) {
    synchronized (parts) {
      parts.push(part);
    }
    return part;
  }

  /** A task that starts a part and adds it. */
  <T extends AutoCloseable> Callable<T> starting(Callable<T> start) {
    return () -> add(start.call());
  }

  /**
   * Closes all parts, even when one of them fails to close or the thread is interrupted meanwhile.
   */
  @Override
  public void close() {
    // In a thread that is never interrupted: a part whose stop is interrupted leaves its folder
    // behind.
    Thread stopping = new Thread(this::closeAll, "local-swarm-stop");
    stopping.start();
    awaitEnd(stopping::join);
  }

  private void closeAll() {
    synchronized (parts) {
      for (AutoCloseable part : parts) {
        try {
          part.close();
        } catch (Exception e) {
          LOG.warn("A part of the local swarm did not stop cleanly", e);
        }
      }
      parts.clear();
    }
  }

  /** Something that blocks. */
  @FunctionalInterface
  interface Wait {
    void run() throws InterruptedException;
  }

  /** Waits to the end even when the thread is interrupted, and then restores the interrupt. */
  static void awaitEnd(Wait wait) {
    boolean interrupted = false;
    while (true) {
      try {
        wait.run();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

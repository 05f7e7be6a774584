package io.swarmstream.schemas.processes;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon thread that does one thing after another. Work reports its own failures: what it throws
 * is lost, and ends its repetition.
 */
public final class BackgroundThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundThread.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final String name;
  private final ScheduledExecutorService thread;

  /**
   * A thread that waits for work.
   *
   * @param name of the thread, for logs and thread dumps
   */
  public BackgroundThread(String name) {
    this.name = name;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread daemon = new Thread(work, name);
              daemon.setDaemon(true);
              return daemon;
            });
  }

  /**
   * Runs work after what was given before.
   *
   * @throws RejectedExecutionException after {@link #close}
   */
  public void execute(Runnable work) {
    thread.execute(work);
  }

  /** Runs work once after a delay; after {@link #close}, does nothing. */
  public void after(Duration delay, Runnable work) {
    try {
      ScheduledFuture<?> unused = thread.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // Closed meanwhile. Who plans the next step in the last one cannot know it.
    }
  }

  /** Runs work after a delay, and again as long after it has ended. */
  public void every(Duration delay, Runnable work) {
    every(delay, delay, work);
  }

  /** Runs work after a first delay, and again after a delay when it has ended. */
  public void every(Duration first, Duration delay, Runnable work) {
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(
            work, first.toMillis(), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Does what waits, then a last piece of work, and closes; gives up after a while.
   *
   * @return whether all was done in time; true when the thread was closed before
   */
  public boolean finish(Duration patience, Runnable last) {
    CountDownLatch done = new CountDownLatch(1);
    boolean isDone = false;
    try {
      thread.execute(
          () -> {
            try {
              last.run();
            } finally {
              done.countDown();
            }
          });
      isDone = done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RejectedExecutionException e) {
      return true;
    }
    close();
    return isDone;
  }

  /**
   * Interrupts what runs, drops what waits, and waits until the thread has ended: what it uses may
   * be closed or deleted afterwards. After three seconds, a warning is logged instead.
   */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn(
            "Thread {} has not ended {} s after it was interrupted", name, PATIENCE.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

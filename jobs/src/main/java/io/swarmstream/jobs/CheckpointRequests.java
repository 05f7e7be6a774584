package io.swarmstream.jobs;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Requests one checkpoint at a time. The next checkpoint serves all requests that arrive while one
 * is running; when a checkpoint fails, another one serves its requests.
 */
final class CheckpointRequests {
  /** Long enough for bursts, such as rejections, to share a checkpoint. */
  static final Duration SOON = Duration.ofSeconds(1);

  private final Supplier<CompletableFuture<?>> trigger;
  private final Function<Duration, Executor> later;
  private boolean running;

  /** Whether an immediate checkpoint was requested since the last one began. */
  private boolean urgent;

  /** Whether a checkpoint within {@link #SOON} was requested since the last one began. */
  private boolean wanted;

  private boolean planned;
  private boolean closed;

  /**
   * @param trigger starts a checkpoint; its future completes when the checkpoint does, and fails
   *     when the checkpoint fails, as it does while not all tasks run
   */
  CheckpointRequests(Supplier<CompletableFuture<?>> trigger) {
    this(
        trigger,
        pause -> CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS));
  }

  CheckpointRequests(Supplier<CompletableFuture<?>> trigger, Function<Duration, Executor> later) {
    this.trigger = trigger;
    this.later = later;
  }

  /** Requests a checkpoint at once. */
  synchronized void now() {
    if (closed) {
      return;
    }
    if (running) {
      urgent = true;
      return;
    }
    running = true;
    begun();
    var unused = trigger.get().whenComplete((done, error) -> ended(error != null));
  }

  /** Requests a checkpoint after {@link #SOON}, shared by all requests until then. */
  synchronized void soon() {
    wanted = true;
    if (!closed && !planned) {
      planned = true;
      later.apply(SOON).execute(this::planIsDue);
    }
  }

  private synchronized void planIsDue() {
    planned = false;
    if (wanted) {
      now();
    }
  }

  /** Records that a checkpoint begins, for whatever reason: it serves all requests so far. */
  synchronized void begun() {
    urgent = false;
    wanted = false;
  }

  /** Records that a checkpoint failed. */
  synchronized void aborted() {
    soon();
  }

  private synchronized void ended(boolean failed) {
    running = false;
    if (failed) {
      soon();
    } else if (urgent) {
      now();
    }
  }

  synchronized void close() {
    closed = true;
  }
}

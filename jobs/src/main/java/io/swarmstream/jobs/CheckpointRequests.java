package io.swarmstream.jobs;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks for one checkpoint at a time. Whoever comes meanwhile gets the one behind it, and whoever
 * was promised one that failed gets another.
 */
final class CheckpointRequests {
  /** Long enough for what comes in bursts, such as refusals, to share a checkpoint. */
  static final Duration SOON = Duration.ofSeconds(1);

  private final Supplier<CompletableFuture<?>> trigger;
  private final Function<Duration, Executor> later;
  private boolean running;

  /** Somebody has asked for one at once since the last one began. */
  private boolean urgent;

  /** Somebody has asked for one soon since the last one began. */
  private boolean wanted;

  private boolean planned;
  private boolean closed;

  /**
   * @param trigger starts a checkpoint; done when it is complete, failed when it came to nothing,
   *     as it does while not all tasks run
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

  /** A checkpoint that begins from now on. */
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

  /** A checkpoint that begins after {@link #SOON}; one for all who ask until then. */
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

  /** A checkpoint begins, whoever wanted it: it is for all who have asked so far. */
  synchronized void begun() {
    urgent = false;
    wanted = false;
  }

  /** A checkpoint that had begun came to nothing. */
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

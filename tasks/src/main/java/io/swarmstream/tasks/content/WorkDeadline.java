package io.swarmstream.tasks.content;

import io.swarmstream.tasks.run.RunFailure;
import io.swarmstream.tasks.run.WorkProgress;
import java.time.Duration;

/** When a piece of work has to be done, and whether somebody has stopped it. */
public final class WorkDeadline {
  private final String what;
  private final Duration limit;
  private final long endNanos;
  private final WorkProgress progress;

  /**
   * Starts now.
   *
   * @param what for messages, such as {@code build of user-env}
   */
  public WorkDeadline(String what, Duration limit, WorkProgress progress) {
    this.what = what;
    this.limit = limit;
    this.endNanos = System.nanoTime() + limit.toNanos();
    this.progress = progress;
  }

  /** Fails when the time is over, or the work was stopped. */
  public void check() {
    if (progress.isStopped()) {
      throw new RunFailure(what + " was stopped");
    }
    if (left().isNegative()) {
      throw new RunFailure(what + " took longer than its limit of " + limit.toSeconds() + " s");
    }
  }

  /** The time that is left; negative when it is over. */
  public Duration left() {
    return Duration.ofNanos(endNanos - System.nanoTime());
  }
}

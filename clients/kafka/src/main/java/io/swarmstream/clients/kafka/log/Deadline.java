package io.swarmstream.clients.kafka.log;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The point in time at which a wait ends, even if it consists of several steps. */
public final class Deadline {
  private final Duration allowed;
  private final long endNanos;

  private Deadline(Duration allowed) {
    this.allowed = allowed;
    this.endNanos = System.nanoTime() + TimeUnit.NANOSECONDS.convert(allowed);
  }

  public static Deadline in(Duration allowed) {
    return new Deadline(allowed);
  }

  public boolean isPast() {
    return remainingNanos() <= 0;
  }

  public long remainingNanos() {
    return endNanos - System.nanoTime();
  }

  /** The remaining time, at least 1 ms, because clients reject less. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(remainingNanos(), TimeUnit.MILLISECONDS.toNanos(1)));
  }

  /** The remaining time, but at most the given time. */
  public Duration remaining(Duration atMost) {
    Duration remaining = remaining();
    return remaining.compareTo(atMost) < 0 ? remaining : atMost;
  }

  /** The time allowed, for messages. */
  public String allowed() {
    return allowed.toMillis() + " ms";
  }
}

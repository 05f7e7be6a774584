package io.swarmstream.clients.kafka.log;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A point in time that a wait ends at, whatever it is made of. */
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

  /** At least 1 ms, since clients take less for an error. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(remainingNanos(), TimeUnit.MILLISECONDS.toNanos(1)));
  }

  /** What remains, but no more than the given time. */
  public Duration remaining(Duration atMost) {
    Duration remaining = remaining();
    return remaining.compareTo(atMost) < 0 ? remaining : atMost;
  }

  /** For messages. */
  public String allowed() {
    return allowed.toMillis() + " ms";
  }
}

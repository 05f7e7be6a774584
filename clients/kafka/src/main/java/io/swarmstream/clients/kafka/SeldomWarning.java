package io.swarmstream.clients.kafka;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Limits warnings about what strangers can repeat without end. Warns at once the first time, then
 * at most once a minute, with the number of occurrences in between. Used by one thread at a time.
 */
public final class SeldomWarning {
  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  private final Logger log;
  private final LongSupplier nanoTime;
  private boolean said;
  private long saidAtNanos;
  private long kept;

  public SeldomWarning(Logger log) {
    this(log, System::nanoTime);
  }

  SeldomWarning(Logger log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  /** Logs the warning, or counts it. */
  public void say(String what) {
    long now = nanoTime.getAsLong();
    if (said && now - saidAtNanos < PAUSE_NANOS) {
      kept++;
      return;
    }
    if (kept == 0) {
      log.warn("{}", what);
    } else {
      log.warn("{} (and {} more since the last warning of that kind)", what, kept);
    }
    said = true;
    saidAtNanos = now;
    kept = 0;
  }
}

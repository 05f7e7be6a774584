package io.swarmstream.operators.coordination;

/**
 * The coordinator's wait to read from the log what the job has written to it. When it is long, the
 * Kafka transaction may be lost, and what was in it is asked for again, in growing pauses.
 *
 * @param sinceMs when the wait began
 * @param atMs when to ask
 */
public record ReadBackWait(long sinceMs, long atMs) {
  private static final long LONGEST_PAUSE_MS = 300_000;

  static ReadBackWait begun(long nowMs, long patienceMs) {
    return new ReadBackWait(nowMs, nowMs + patienceMs);
  }

  /** With a patience of 30 s: after 30, 60, 120, 240, 480 s, and then every 5 min. */
  ReadBackWait asked(long patienceMs) {
    long longestPauseMs = Math.max(patienceMs, LONGEST_PAUSE_MS);
    return new ReadBackWait(sinceMs, atMs + Math.min(atMs - sinceMs, longestPauseMs));
  }
}

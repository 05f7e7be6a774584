package io.swarmstream.operators.coordination;

/**
 * The coordinator's wait to read from the log what the job has written to it. When it is long, the
 * Kafka transaction may be lost, and what was in it is asked for again, in growing pauses.
 *
 * @param sinceMs when the wait began
 * @param atMs when to ask
 */
public record ReadBackWait(long sinceMs, long atMs) {
  private static final long FIRST_MS = 30_000;
  private static final long LONGEST_PAUSE_MS = 300_000;

  static ReadBackWait begun(long nowMs) {
    return new ReadBackWait(nowMs, nowMs + FIRST_MS);
  }

  /** After 30, 60, 120, 240, 480 s, and then every 5 min. */
  ReadBackWait asked() {
    return new ReadBackWait(sinceMs, atMs + Math.min(atMs - sinceMs, LONGEST_PAUSE_MS));
  }
}

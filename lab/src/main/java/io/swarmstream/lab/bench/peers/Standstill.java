package io.swarmstream.lab.bench.peers;

import java.time.Duration;

/**
 * Notices that a system has stopped: for a while, none of its processes reports anything, and all
 * together hardly compute. A slow system computes, or it moves a round on.
 */
final class Standstill {
  /** Cores that processes keep busy which only ask each other whether there is news. */
  private static final double IDLE_CORES = 0.25;

  private final Duration patience;
  private long sinceNanos = System.nanoTime();
  private long events;
  private double cpuSeconds;

  Standstill(Duration patience) {
    this.patience = patience;
  }

  /**
   * Whether it has stopped.
   *
   * @param nowEvents how many events were reported until now
   * @param nowCpuSeconds of all its processes until now
   */
  boolean isReached(long nowEvents, double nowCpuSeconds) {
    long now = System.nanoTime();
    if (nowEvents == events && now - sinceNanos < patience.toNanos()) {
      return false;
    }
    boolean stands =
        nowEvents == events && nowCpuSeconds - cpuSeconds < IDLE_CORES * (now - sinceNanos) / 1e9;
    sinceNanos = now;
    events = nowEvents;
    cpuSeconds = nowCpuSeconds;
    return stands;
  }
}

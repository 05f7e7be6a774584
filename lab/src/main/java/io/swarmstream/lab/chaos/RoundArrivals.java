package io.swarmstream.lab.chaos;

import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.clients.kafka.log.PublishedRound;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;

/** Records when each round of a contract became readable, by this process's clock. */
final class RoundArrivals implements AutoCloseable {
  private static final long PAUSE_MS = 5;

  private final ContractLog log;
  private final NavigableMap<Long, Long> nanos = new ConcurrentSkipListMap<>();
  private final Thread thread = new Thread(this::watch, "round-times");
  private volatile boolean isClosed;

  RoundArrivals(ContractLog log) {
    this.log = log;
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    try {
      while (!isClosed) {
        long now = System.nanoTime();
        log.rounds().newest().map(PublishedRound::round).ifPresent(r -> nanos.putIfAbsent(r, now));
        Thread.sleep(PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a round; returns when it became readable. */
  long await(long round, Duration deadline) throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    while (nanos.ceilingEntry(round) == null) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "round "
                + round
                + " of contract "
                + log.contract()
                + " is not sealed within "
                + deadline.toSeconds()
                + " s; newest is "
                + (nanos.isEmpty() ? "none" : nanos.lastKey()));
      }
      Thread.sleep(PAUSE_MS);
    }
    return nanos.ceilingEntry(round).getValue();
  }

  /** Waits for a round or until a moment, whichever comes first. */
  void awaitUntil(long round, long momentNanos) throws InterruptedException {
    while (nanos.ceilingEntry(round) == null && System.nanoTime() < momentNanos) {
      Thread.sleep(1);
    }
  }

  /** The newest readable round; -1 when there is none. */
  long newest() {
    return nanos.isEmpty() ? -1 : nanos.lastKey();
  }

  /** When the first round after a moment became readable. */
  OptionalLong firstAfter(long moment) {
    return nanos.values().stream().mapToLong(Long::longValue).filter(at -> at > moment).min();
  }

  @Override
  public void close() throws InterruptedException {
    isClosed = true;
    thread.join();
  }
}

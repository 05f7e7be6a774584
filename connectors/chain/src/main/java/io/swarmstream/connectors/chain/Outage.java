package io.swarmstream.connectors.chain;

import io.swarmstream.clients.chain.ChainException;
import java.time.Duration;
import org.slf4j.Logger;

/**
 * Tracks an outage: logs when it begins and when it ends, not at every attempt, and makes retries
 * less frequent. Used by one thread.
 */
final class Outage {
  private static final Duration FIRST_DELAY = Duration.ofMillis(100);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

  private final Logger log;
  private final String work;
  private Duration delay = Duration.ZERO;
  private long beganNanos;

  /**
   * Starts in the working state.
   *
   * @param work begins the log messages, such as "reading the chain"
   */
  Outage(Logger log, String work) {
    this.log = log;
    this.work = work;
  }

  /** Records a failure and returns how long to wait before the next attempt. */
  Duration failed(RuntimeException reason) {
    if (delay.isZero()) {
      beganNanos = System.nanoTime();
      delay = FIRST_DELAY;
      // An unreachable chain is expected and needs no stack trace; any other failure does.
      if (reason instanceof ChainException) {
        log.warn("{} waits and tries again: {}", work, reason.getMessage());
      } else {
        log.warn("{} waits and tries again", work, reason);
      }
    } else {
      Duration doubled = delay.multipliedBy(2);
      delay = doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY;
    }
    return delay;
  }

  /** Records a success. */
  void worked() {
    if (!delay.isZero()) {
      Duration away = Duration.ofNanos(System.nanoTime() - beganNanos);
      log.info("{} goes on after {} s", work, away.toSeconds());
      delay = Duration.ZERO;
    }
  }
}

package io.swarmstream.connectors.chain;

import io.swarmstream.clients.chain.ChainException;
import java.time.Duration;
import org.slf4j.Logger;

/**
 * A time in which something does not work: says so when it begins and when it ends, not at every
 * try, and makes the tries rarer. For one thread.
 */
final class Outage {
  private static final Duration FIRST_DELAY = Duration.ofMillis(100);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

  private final Logger log;
  private final String work;
  private Duration delay = Duration.ZERO;
  private long beganNanos;

  /**
   * Something that works so far.
   *
   * @param work begins the sentences of the log, such as "reading the chain"
   */
  Outage(Logger log, String work) {
    this.log = log;
    this.work = work;
  }

  /** Notes a failure and says how long to wait before the next try. */
  Duration failed(RuntimeException reason) {
    if (delay.isZero()) {
      beganNanos = System.nanoTime();
      delay = FIRST_DELAY;
      // A chain that is away is expected and explains itself; anything else wants its trace.
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

  /** Notes that it works. */
  void worked() {
    if (!delay.isZero()) {
      Duration away = Duration.ofNanos(System.nanoTime() - beganNanos);
      log.info("{} goes on after {} s", work, away.toSeconds());
      delay = Duration.ZERO;
    }
  }
}

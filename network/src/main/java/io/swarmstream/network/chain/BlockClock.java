package io.swarmstream.network.chain;

import java.time.Duration;

/** When the newest block last changed, on this machine's clock: those of others may be wrong. */
final class BlockClock {
  private long block = -1;
  private long changedNanos = System.nanoTime();

  /** Notes the number of the newest block; a lower one is a change, too. */
  synchronized void see(long newest) {
    if (newest != block) {
      block = newest;
      changedNanos = System.nanoTime();
    }
  }

  synchronized long block() {
    return block;
  }

  synchronized Duration sinceLastBlock() {
    return Duration.ofNanos(System.nanoTime() - changedNanos);
  }

  /** Begins anew, as at a start of the node. */
  synchronized void reset() {
    block = -1;
    changedNanos = System.nanoTime();
  }
}

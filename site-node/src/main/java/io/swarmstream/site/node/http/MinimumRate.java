package io.swarmstream.site.node.http;

import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.time.Duration;

/**
 * Requires a body to arrive at a minimum rate. The connection's idle timeout ends a body that does
 * not arrive at all; this ends one that arrives a byte at a time.
 */
final class MinimumRate {
  /** The rate does not count before. */
  private static final Duration START = Duration.ofSeconds(10);

  /** As much as a slow modem has. */
  private static final long BYTES_PER_SECOND = 4096;

  private final long began = System.nanoTime();
  private long bytes;

  /**
   * Counts bytes that have arrived.
   *
   * @throws ProblemException when too few have arrived by now
   */
  void came(int count) {
    bytes += count;
    double seconds = (System.nanoTime() - began) / 1e9 - START.toSeconds();
    if (bytes < seconds * BYTES_PER_SECOND) {
      throw tooSlow("it arrived at less than " + BYTES_PER_SECOND + " bytes a second");
    }
  }

  static ProblemException tooSlow(String why) {
    return ProblemException.of(
            ProblemCode.TOO_SLOW, "the node stopped reading the body: " + why + "; send it again")
        .in("body");
  }
}

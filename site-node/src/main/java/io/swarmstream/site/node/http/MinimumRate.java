package io.swarmstream.site.node.http;

import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.time.Duration;

/**
 * How fast a body has to come. One that does not come at all is ended by the connection's idle
 * timeout; this is for one that comes a byte at a time.
 */
final class MinimumRate {
  /** Not asked of a body that has only begun. */
  private static final Duration START = Duration.ofSeconds(10);

  /** A slow modem's. */
  private static final long BYTES_PER_SECOND = 4096;

  private final long began = System.nanoTime();
  private long bytes;

  /**
   * Some bytes have come.
   *
   * @throws ProblemException when there should have been more by now
   */
  void came(int count) {
    bytes += count;
    double seconds = (System.nanoTime() - began) / 1e9 - START.toSeconds();
    if (bytes < seconds * BYTES_PER_SECOND) {
      throw tooSlow("it has come at less than " + BYTES_PER_SECOND + " bytes a second");
    }
  }

  static ProblemException tooSlow(String why) {
    return ProblemException.of(
            ProblemCode.TOO_SLOW, "the body was given up: " + why + "; send it again")
        .in("body");
  }
}

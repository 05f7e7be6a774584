package io.swarmstream.network.history;

import java.time.Instant;
import java.util.Optional;

/**
 * What all rounds of a contract come to.
 *
 * @param bestLoss least mean loss, and the first round that had it
 * @param bestMetric greatest mean metric, and the first round that had it
 */
public record RoundTotals(
    long rounds,
    Optional<Long> last,
    Optional<Instant> firstAt,
    Optional<Instant> lastAt,
    Optional<Best> bestLoss,
    Optional<Best> bestMetric) {
  /** The best value, and the round that had it. */
  public record Best(long round, double value) {}
}

package io.swarmstream.verification;

import io.swarmstream.schemas.rounds.ClippedDelta;
import java.util.List;

/**
 * What is to be said of one round.
 *
 * @param sites names of those that took part
 * @param contributions how many of their contributions were found in the log, whole and right
 * @param replayedBytes bytes of the deltas merged again
 * @param findings what is not as it must be
 * @param clipped what it scaled down, as its record says
 * @param obstacle why the round could not be replayed; empty: it was, or a finding says it
 */
public record RoundVerdict(
    long round,
    Status status,
    List<String> sites,
    int contributions,
    long replayedBytes,
    List<Finding> findings,
    List<ClippedDelta> clipped,
    String obstacle) {

  /** What a verdict comes to. */
  public enum Status {
    /** Replayed; record, model and anchor are the same, bit for bit. */
    PROVEN,
    /** Something is not as it must be. */
    FAILED,
    /** Nothing is wrong with what is left, but not enough is left. */
    NOT_REPLAYABLE
  }
}

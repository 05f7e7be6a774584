package io.swarmstream.verification;

import io.swarmstream.schemas.rounds.ClippedDelta;
import java.util.List;

/**
 * The verdict on one round.
 *
 * @param sites names of the participants
 * @param contributions how many of their contributions the log holds whole and unaltered
 * @param replayedBytes bytes of the replayed deltas
 * @param findings all that is wrong
 * @param clipped deltas that the round scaled down, as its record says
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

  /** The result for a round. */
  public enum Status {
    /** Replayed; record, model and anchor are the same, bit for bit. */
    PROVEN,
    /** Something is wrong; the findings say what. */
    FAILED,
    /** Nothing is wrong, but the log no longer holds enough for a replay. */
    NOT_REPLAYABLE
  }
}

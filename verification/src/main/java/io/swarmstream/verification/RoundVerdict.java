package io.swarmstream.verification;

import io.swarmstream.schemas.rounds.ClippedDelta;
import java.util.List;

/**
 * The verdict on one round.
 *
 * @param sites names of the participants
 * @param contributions number of their contributions that the log holds complete and unaltered
 * @param replayedBytes bytes of the replayed deltas
 * @param findings everything that is wrong
 * @param clipped number of deltas that the round scaled down, according to its record
 * @param obstacle why the round could not be replayed; empty when it was, or when a finding says
 *     why
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

package io.swarmstream.site.node.session;

import io.swarmstream.site.node.problem.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a sync is.
 *
 * @param number the trainer's own
 * @param bodyHash of the weights, to recognise them when they come again
 * @param round contributed to; -1: not known yet
 * @param since when the phase began
 * @param deadline when the sync fails if the round is not merged
 * @param merged the model, in phase {@code MERGED}; else null
 * @param problem why it has failed, in phase {@code FAILED}; else null
 */
record SyncProgress(
    long number,
    String bodyHash,
    Phase phase,
    long round,
    Instant since,
    Instant deadline,
    @Nullable MergedRound merged,
    @Nullable ProblemException problem) {

  enum Phase {
    SENDING,
    WAITING,
    MERGED,
    FAILED
  }

  static SyncProgress sending(long number, String bodyHash, Instant deadline) {
    return new SyncProgress(
        number, bodyHash, Phase.SENDING, -1, Instant.now(), deadline, null, null);
  }

  SyncProgress waiting(long toRound) {
    return new SyncProgress(
        number, bodyHash, Phase.WAITING, toRound, Instant.now(), deadline, null, null);
  }

  SyncProgress merged(MergedRound result) {
    long of = round < 0 ? result.round() : round;
    return new SyncProgress(
        number, bodyHash, Phase.MERGED, of, Instant.now(), deadline, result, null);
  }

  SyncProgress failed(ProblemException why) {
    return new SyncProgress(
        number, bodyHash, Phase.FAILED, round, Instant.now(), deadline, null, why);
  }

  /** Whether it brought the final model. */
  boolean isLast() {
    return merged != null && merged.trainingOver();
  }

  boolean isRunning() {
    return phase == Phase.SENDING || phase == Phase.WAITING;
  }
}

package io.swarmstream.site.node;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a sync has come.
 *
 * @param number the trainer's own
 * @param bodyHash of the weights, to know them again
 * @param round contributed to; -1 as long as it is not known
 * @param since when the phase began
 * @param deadline when it fails if the round is not merged
 * @param merged once it is
 * @param problem once it has failed
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

  boolean isRunning() {
    return phase == Phase.SENDING || phase == Phase.WAITING;
  }
}

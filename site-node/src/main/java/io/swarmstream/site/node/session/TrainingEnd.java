package io.swarmstream.site.node.session;

import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.RoundParticipant;
import io.swarmstream.site.RoundSummary;
import java.util.List;

/**
 * Decides when a training is over: with the first round whose participants have all finished their
 * local training, as they report themselves. All sites read that from the same record, so all
 * decide alike and end with the same model.
 *
 * <p>A round waits for a site that still trains and keeps up. It does not wait for one that is
 * slower than the grace period while at least minPeers others have finished.
 */
final class TrainingEnd {
  private TrainingEnd() {}

  /** Tells a trainer that it begins with the final model, and how to begin anew. */
  static String notice(String contract, long round, String modelHash) {
    return "the training of contract "
        + contract
        + " was over with round "
        + round
        + " already; this session continues from its final model "
        + modelHash
        + ". To begin anew, run 'swarm contract reset "
        + contract
        + "' if the contract is a draft, or make another contract with 'swarm contract create'";
  }

  /** Whether a round was the last one. */
  static boolean isEnd(RoundSummary round) {
    return isEnd(round.participants());
  }

  /** The same of the round's participants. */
  static boolean isEnd(List<RoundParticipant> participants) {
    return !participants.isEmpty()
        && participants.stream()
            .noneMatch(
                participant ->
                    participant
                        .report()
                        .checkIn()
                        .filter(checkIn -> checkIn != CheckIn.TRAINING)
                        .isEmpty());
  }
}

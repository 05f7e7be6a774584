package io.swarmstream.site.node;

import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.RoundParticipant;
import io.swarmstream.site.RoundSummary;
import java.util.List;

/**
 * When a training is over: with the first round in which all participants have finished their local
 * training, as they say themselves. Every site reads that from the same record, so all come to the
 * same decision and end with the same model.
 *
 * <p>Whoever still trains and keeps up is waited for. Whoever is slower than the grace period,
 * while at least minPeers others have finished, is not.
 */
final class TrainingEnd {
  private TrainingEnd() {}

  /**
   * Says that a trainer begins with the final model of a training that is over, and the way out.
   */
  static String notice(String contract, long round, String modelHash) {
    return "the training of contract "
        + contract
        + " was over with round "
        + round
        + " already; this session continues from its final model "
        + modelHash
        + ". To begin anew, run 'swarm contract reset "
        + contract
        + "' where the contract is a draft, or train by another contract, made with 'swarm contract"
        + " create'";
  }

  static boolean isEnd(RoundSummary round) {
    return isEnd(round.participants());
  }

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

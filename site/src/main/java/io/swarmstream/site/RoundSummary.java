package io.swarmstream.site;

import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.schemas.rounds.ClippedDelta;
import java.time.Instant;
import java.util.List;

/**
 * How the merged model of a sealed round came to be, as its signed round record says.
 *
 * @param contract name of the training contract
 * @param round number of the round
 * @param method merge method
 * @param participants sites whose contributions are in the model, in the order of their address
 * @param leftOut names of live sites that the round did not wait for
 * @param closedBy {@code all-live} or {@code grace-period}
 * @param openedAt when the coordinator opened the round, by its clock
 * @param closedAt when it closed the round
 * @param base Merkle root of the model that the deltas were taken from; {@link Hash#ZERO} in round
 *     0
 * @param model Merkle root of the merged model
 * @param parameterCount values that sites train: all of the model but that of an adaptive clip
 * @param meanLoss mean of the participants' losses by weight; NaN: none is known
 * @param drift how far the sites had drifted apart before the merge; 0: the contract is not
 *     adaptive
 * @param allowedDrift how far they may drift apart; 0: unknown so far, or not adaptive
 * @param nextInterval mini-batches that each site trains before the next merge; 0: each site keeps
 *     its own interval
 * @param clipped deltas that were longer than the round allowed, and were scaled down
 * @param record SHA-256 of the round record as published
 */
@PublicApi
public record RoundSummary(
    String contract,
    long round,
    String method,
    List<RoundParticipant> participants,
    List<String> leftOut,
    String closedBy,
    Instant openedAt,
    Instant closedAt,
    Hash base,
    Hash model,
    long parameterCount,
    double meanLoss,
    double drift,
    double allowedDrift,
    int nextInterval,
    List<ClippedDelta> clipped,
    Hash record) {

  public RoundSummary {
    participants = List.copyOf(participants);
    leftOut = List.copyOf(leftOut);
    clipped = List.copyOf(clipped);
  }

  /**
   * Whether the training is over with this round: all its participants have finished their local
   * training, as they report themselves. All sites read that from the same record.
   *
   * <p>A round waits for a site that still trains and keeps up. It does not wait for one that is
   * slower than the grace period while at least {@code minPeers} others have finished.
   */
  public boolean endsTraining() {
    return !participants.isEmpty()
        && participants.stream()
            .allMatch(
                participant ->
                    participant
                        .report()
                        .checkIn()
                        .filter(checkIn -> checkIn != CheckIn.TRAINING)
                        .isPresent());
  }

  /** What the chain has to hold of this round. */
  public Anchor anchor() {
    return new Anchor(contract, round, record.hex(), model.hex());
  }

  @Override
  public String toString() {
    return "round " + round + " of " + contract + " (" + record.hex() + ")";
  }
}

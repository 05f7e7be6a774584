package io.swarmstream.verification;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.verification.RoundVerdict.Status;
import java.time.Duration;
import java.util.List;

/**
 * What came out of a verification.
 *
 * @param terms of the contract, from the chain
 * @param rounds one verdict for each round asked for, in their order
 * @param findings what is wrong and is about none of these rounds
 * @param elapsed how long it took, with all its waits
 * @param replayTime how long the replay job alone took
 */
public record Verification(
    ContractTerms terms,
    List<RoundVerdict> rounds,
    List<Finding> findings,
    Duration elapsed,
    Duration replayTime) {

  /** The worst that is to be said; nothing is proven of a contract without rounds. */
  public Status status() {
    if (!findings.isEmpty() || count(Status.FAILED) > 0) {
      return Status.FAILED;
    }
    return rounds.isEmpty() || count(Status.NOT_REPLAYABLE) > 0
        ? Status.NOT_REPLAYABLE
        : Status.PROVEN;
  }

  /** How many rounds have this status. */
  public long count(Status status) {
    return rounds.stream().filter(round -> round.status() == status).count();
  }
}

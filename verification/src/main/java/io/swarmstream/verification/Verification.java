package io.swarmstream.verification;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.verification.RoundVerdict.Status;
import java.time.Duration;
import java.util.List;

/**
 * The result of a verification.
 *
 * @param terms of the contract, from the chain
 * @param rounds one verdict for each round asked for, in their order
 * @param findings what is wrong, but concerns none of these rounds
 * @param times how long it took
 */
public record Verification(
    ContractTerms terms, List<RoundVerdict> rounds, List<Finding> findings, Times times) {

  /**
   * How long a verification took.
   *
   * @param total with all waits
   * @param replay of the replay jobs alone
   */
  public record Times(Duration total, Duration replay) {}

  /** The worst status of all rounds; a contract without rounds is not proven. */
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

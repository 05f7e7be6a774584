package io.swarmstream.site.node.contract;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.masking.MaskRule;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import io.swarmstream.site.node.session.SessionRequest;
import org.jspecify.annotations.Nullable;

/** Compares what a trainer asks for with a contract's terms, and says what differs. */
final class TermsMismatch {
  private TermsMismatch() {}

  /**
   * Requires that a trainer asks for nothing that the contract does not do.
   *
   * @throws ProblemException naming the first field that differs, and both values
   */
  static void check(ContractTerms terms, SessionRequest request) {
    require("minPeers", terms.minPeers(), request.minPeers());
    require("mergeMethod", terms.method(), request.mergeMethod());
    if (terms.privacy().dp().isPresent() && request.weight() != 1) {
      throw ProblemException.of(
              ProblemCode.TERMS_MISMATCH,
              "weight is %d, and under the contract's privacy %s all sites count alike; ask for 1"
                  .formatted(request.weight(), terms.privacy().text()))
          .in("weight")
          .values("1", String.valueOf(request.weight()));
    }
    if (terms.isMasked()) {
      requireHiding(terms, request);
    }
    if (request.adaptive() && !terms.isAdaptive()) {
      throw ProblemException.of(
              ProblemCode.TERMS_MISMATCH,
              "adaptive is false in the contract, this trainer asks for true; terms never change: leave it out, or"
                  + " train under a contract made with 'swarm contract create --adaptive-interval "
                  + request.syncInterval()
                  + "'")
          .in("adaptive")
          .values("false", "true");
    }
  }

  private static void require(String field, Object contract, @Nullable Object trainer) {
    if (trainer != null && !trainer.equals(contract)) {
      throw ProblemException.of(
              ProblemCode.TERMS_MISMATCH,
              field
                  + " is "
                  + contract
                  + " in the contract, this trainer asks for "
                  + trainer
                  + "; terms never change: ask for the contract's value, or train under another contract")
          .in(field)
          .values(contract.toString(), trainer.toString());
    }
  }

  /** Else the site would refuse it only when it comes to send it, perhaps after the training. */
  private static void requireHiding(ContractTerms terms, SessionRequest request) {
    boolean isWeighty = request.weight() > 0;
    MaskRule.knownToAll(request.weight(), request.checkIn().code())
        .ifPresent(
            why -> {
              throw ProblemException.of(
                      ProblemCode.TERMS_MISMATCH,
                      "contract %s has privacy %s, and %s"
                          .formatted(terms.contract(), terms.privacy().text(), why))
                  .in(isWeighty ? "checkinModelOnTrainEnd" : "weight")
                  .values(
                      isWeighty ? CheckIn.SNAPSHOT.code() : "at least 1",
                      isWeighty ? request.checkIn().code() : "0");
            });
  }
}

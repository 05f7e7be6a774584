package io.swarmstream.operators.coordination;

import io.swarmstream.operators.admission.Flaw;
import io.swarmstream.operators.admission.Rejections;
import io.swarmstream.operators.messages.ChunkRef;
import io.swarmstream.operators.messages.ChunkSignal;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.rounds.RejectionReason;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Takes contributions out of the open round, and rejects each with one record. */
final class Dismissals {
  private final ContractState contract;

  Dismissals(ContractState contract) {
    this.contract = contract;
  }

  /** Why contributions of a site that is not enrolled any more do not count. */
  static Flaw removed(ContractTerms terms) {
    return new Flaw(
        RejectionReason.UNKNOWN_SITE,
        "site",
        "the site was removed from contract "
            + terms.contract()
            + "; have the contract's owner enrol it again");
  }

  /** Dismisses all contributions of a site. */
  void all(String site, Flaw flaw, Turn turn) throws Exception {
    allBut(null, site, flaw, turn);
  }

  /**
   * Dismisses all contributions of a site except one.
   *
   * @param keep hash of what the site signed; null: none
   */
  void allBut(@Nullable String keep, String site, Flaw flaw, Turn turn) throws Exception {
    if (contract.book.begunBy(site) == (keep == null ? 0 : 1)) {
      return; // the usual case: nothing to dismiss, so nothing has to be read
    }
    dismiss(tally -> tally.site().equals(site) && !tally.signed().equals(keep), flaw, turn);
  }

  /** Dismisses contributions; true when there were such. */
  boolean dismiss(Predicate<Tally> which, Flaw flaw, Turn turn) throws Exception {
    ContractTerms terms = contract.terms();
    String name = terms.contract();
    long round = contract.round().round();
    Map<Tally, Map<Integer, ChunkRef>> struck = contract.book.strike(which);
    for (Map.Entry<Tally, Map<Integer, ChunkRef>> entry : struck.entrySet()) {
      Tally tally = entry.getKey();
      entry
          .getValue()
          .forEach((chunk, ref) -> turn.tellWindow(ChunkSignal.dismissal(name, chunk, round, ref)));
      turn.reject(
          Rejections.of(name, round, tally.site(), tally.contribution(), flaw, turn.nowMs()),
          terms);
    }
    return !struck.isEmpty();
  }

  /** Dismisses all contributions of sites other than these. */
  void allOfOthers(Set<String> sites, Flaw flaw, Turn turn) throws Exception {
    dismiss(tally -> !sites.contains(tally.site()), flaw, turn);
  }
}

package io.swarmstream.operators.coordination;

import io.swarmstream.operators.admission.EnrolledSite;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.ContractTerms;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies the chain's events of a contract: its terms, and who is enrolled. */
final class ContractEvents {
  private static final Logger LOG = LoggerFactory.getLogger(ContractEvents.class);

  private final ContractState contract;
  private final LogWatch log;
  private final OpenRound openRound;
  private final Dismissals dismissals;
  private final Attempt attempt;

  ContractEvents(
      ContractState contract,
      Attempt attempt,
      LogWatch log,
      OpenRound openRound,
      Dismissals dismissals) {
    this.contract = contract;
    this.attempt = attempt;
    this.log = log;
    this.openRound = openRound;
    this.dismissals = dismissals;
  }

  void apply(ContractEvent event, Turn turn) throws Exception {
    if (!contract.isNews(event)) {
      return; // each admission subtask passes it on
    }
    if (!contract.isKnown() && event.kind() != ContractEvent.Kind.CREATED) {
      return; // of a contract that this job does not serve
    }
    contract.noteApplied(event);
    switch (event.kind()) {
      case CREATED -> create(Objects.requireNonNull(event.terms()), turn);
      case SITE_ENROLLED ->
          contract.members.enrol(
              Objects.requireNonNull(event.site()),
              new EnrolledSite(Objects.requireNonNull(event.siteName()), event.maxWeight()));
      case SITE_REMOVED -> remove(Objects.requireNonNull(event.site()), turn);
    }
    openRound.review(turn);
  }

  private void create(ContractTerms terms, Turn turn) throws Exception {
    if (contract.isKnown()) {
      // A reorganised chain repeats the event. Terms never change, and a training never starts
      // over.
      LOG.warn("Ignored a second creation of contract {}", terms.contract());
      return;
    }
    contract.agree(terms);
    log.begin(turn);
  }

  private void remove(String site, Turn turn) throws Exception {
    // Otherwise a plan may name it, or is on its way; what no plan names is dismissed then.
    if (contract.round().isOpen() && attempt.isCaughtUp()) {
      dismissals.all(site, Dismissals.removed(contract.terms()), turn);
    }
    contract.members.remove(site);
    contract.masks.forget(site);
  }
}

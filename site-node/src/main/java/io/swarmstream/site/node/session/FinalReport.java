package io.swarmstream.site.node.session;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.PrivacyLoss;
import io.swarmstream.site.Merged;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a training is whose trainer has finished here.
 *
 * @param isOver whether the newest model is the final one
 * @param round of the newest model; -1: there is none
 * @param modelHash of the newest model; null: there is none
 * @param since when the wait for the current round began
 * @param waiting what the open round waits for
 * @param privacyLoss of each site up to the newest model; null: the contract adds no noise
 */
public record FinalReport(
    boolean isOver,
    long round,
    @Nullable String modelHash,
    Instant since,
    Waiting waiting,
    @Nullable PrivacyLoss privacyLoss) {

  static FinalReport of(
      AfterTraining.State state, Optional<Merged> newest, Waiting waiting, ContractTerms terms) {
    long round = newest.map(Merged::round).orElse(-1L);
    return new FinalReport(
        state.isOver(),
        round,
        newest.map(model -> model.hash().hex()).orElse(null),
        state.since(),
        waiting,
        PrivacyLoss.after(terms, round).orElse(null));
  }
}

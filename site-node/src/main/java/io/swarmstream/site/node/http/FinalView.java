package io.swarmstream.site.node.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.swarmstream.schemas.PrivacyLoss;
import io.swarmstream.site.node.session.FinalReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a training is whose trainer has finished here. */
record FinalView(
    @JsonPropertyDescription("waiting or over.") String state,
    @JsonPropertyDescription("Round of the newest model; -1: there is none.") long round,
    @JsonPropertyDescription("Merkle root of the newest model.") @Nullable String modelHash,
    @JsonPropertyDescription("When the wait for the current round began, ISO 8601.") String since,
    @JsonPropertyDescription("Sites that the round waits for.") List<String> missing,
    @JsonPropertyDescription(
            "The same in words, with how many more are needed and how they join; empty once the training is over.")
        String waitsFor,
    @JsonPropertyDescription("Number of sites that have contributed to it.") int contributed,
    @JsonPropertyDescription("Number of sites that it needs.") int minPeers,
    @JsonPropertyDescription(
            "Epsilon of each site up to the newest model, of a contract that adds noise; its delta is in the terms.")
        @Nullable Double epsilon) {

  static FinalView of(FinalReport report) {
    PrivacyLoss loss = report.privacyLoss();
    return new FinalView(
        report.isOver() ? "over" : "waiting",
        report.round(),
        report.modelHash(),
        Times.iso(report.since()),
        report.isOver() ? List.of() : report.waiting().missing(),
        report.isOver() ? "" : report.waiting().forWhom(),
        report.waiting().contributed(),
        report.waiting().minPeers(),
        loss == null ? null : loss.epsilon());
  }
}

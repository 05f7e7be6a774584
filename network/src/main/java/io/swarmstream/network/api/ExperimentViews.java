package io.swarmstream.network.api;

import io.swarmstream.clients.network.ExperimentInfo;
import io.swarmstream.clients.network.SiteStanding;
import io.swarmstream.network.api.Generations.Generation;
import io.swarmstream.network.history.RoundTotals;
import io.swarmstream.network.log.ExperimentNotes.Note;
import io.swarmstream.schemas.ContractTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Trainings, past and present: the generations of all contracts. */
final class ExperimentViews {
  private static final Duration RECENT = Duration.ofMinutes(10);

  private final ConsoleParts node;

  ExperimentViews(ConsoleParts node) {
    this.node = node;
  }

  List<ExperimentInfo> all() {
    return Generations.all(node.drafts(), node.chain()).stream().map(this::of).toList();
  }

  /** The training that has this name on the chain, or would get it. */
  Optional<ExperimentInfo> of(String contract) {
    return all().stream().filter(each -> each.contract().equals(contract)).findFirst();
  }

  private ExperimentInfo of(Generation generation) {
    String contract = generation.contract();
    RoundTotals totals = node.reading().rounds().totals(contract);
    List<SiteStanding> sites = new SiteStandings(node).all(contract, totals);
    Optional<Note> note = node.reading().notes().of(contract);
    return new ExperimentInfo(
        contract,
        generation.name(),
        generation.number(),
        status(generation, totals, sites),
        generation.isOnChain()
            ? node.chain().registry().terms(contract).map(ContractTerms::method).orElse(null)
            : null,
        totals.firstAt().map(Instant::toString).orElse(null),
        totals.lastAt().map(Instant::toString).orElse(null),
        totals.rounds(),
        totals.last().orElse(null),
        sites.size(),
        totals.bestLoss().map(RoundTotals.Best::value).orElse(null),
        totals.bestLoss().map(RoundTotals.Best::round).orElse(null),
        totals.bestMetric().map(RoundTotals.Best::value).orElse(null),
        totals.bestMetric().map(RoundTotals.Best::round).orElse(null),
        isFinished(sites),
        note.map(Note::text).orElse(""),
        note.map(Note::tags).orElse(List.of()),
        note.map(Note::by).orElse(null),
        note.map(noted -> Instant.ofEpochMilli(noted.atMs()).toString()).orElse(null));
  }

  private static String status(
      Generation generation, RoundTotals totals, List<SiteStanding> sites) {
    if (!generation.isNewest()) {
      return "ended";
    }
    if (!generation.isOnChain()) {
      return "draft";
    }
    boolean isRecent =
        totals.lastAt().filter(at -> at.isAfter(Instant.now().minus(RECENT))).isPresent();
    return isRecent || sites.stream().anyMatch(SiteStanding::training) ? "running" : "idle";
  }

  private static boolean isFinished(List<SiteStanding> sites) {
    List<SiteStanding> planned = sites.stream().filter(site -> site.totalEpochs() > 0).toList();
    return !planned.isEmpty()
        && planned.stream().allMatch(site -> site.epochs() >= site.totalEpochs());
  }
}

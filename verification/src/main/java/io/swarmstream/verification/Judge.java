package io.swarmstream.verification;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.rounds.ClippedDelta;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.TopicExtent;
import io.swarmstream.verification.replay.MissingDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides for each round whether its records, its replay and its published model prove it. */
final class Judge {
  private final ChainHistory history;
  private final ContractTerms terms;
  private final RecordCheck.Result records;
  private final PublishedRounds published;
  private final MissingContributions missing;
  private final ReplayComparison comparison;

  Judge(
      ChainHistory history,
      RecordCheck.Result records,
      PublishedRounds published,
      TopicExtent deltas) {
    this.history = history;
    this.terms = history.terms();
    this.records = records;
    this.published = published;
    this.missing = new MissingContributions(terms, records.rounds(), deltas);
    this.comparison = new ReplayComparison(terms, published);
  }

  /**
   * Judges a round.
   *
   * @param replay what its replay made and missed; null when the round was not replayed
   */
  RoundVerdict judge(long round, @Nullable Replay replay) {
    List<Finding> findings = new ArrayList<>();
    knownFindings().filter(each -> each.round() == round).forEach(findings::add);
    @Nullable LoggedRound logged = records.rounds().get(round);
    if (logged == null) {
      return unreplayed(round, List.of(), List.of(), findings, "there is no record of it");
    }
    List<Participant> in = logged.record().getParticipants();
    List<ClippedDelta> clipped = ClippedDelta.in(logged.record());
    List<String> sites = in.stream().map(Participant::getName).toList();
    if (replay == null) {
      return unreplayed(
          round, sites, clipped, findings, "its record names what no job could merge");
    }
    int whole =
        in.size() - (int) replay.missing().stream().map(MissingDelta::place).distinct().count();
    String obstacle = replayed(logged, replay, whole, findings);
    findings.addAll(comparison.withPublished(logged, replay));
    long bytes = replay.isComplete() ? in.size() * terms.payloadBytes(round) : 0;
    return new RoundVerdict(
        round,
        status(findings, obstacle),
        sites,
        whole,
        bytes,
        List.copyOf(findings),
        clipped,
        obstacle);
  }

  /** What is wrong, but concerns none of the contract's rounds. */
  List<Finding> general() {
    long end = history.end(records.rounds());
    return Stream.concat(
            records.findings().stream().filter(each -> each.round() < 0),
            published.findings().filter(each -> each.round() < 0 || each.round() >= end))
        .toList();
  }

  private Stream<Finding> knownFindings() {
    return Stream.concat(records.findings().stream(), published.findings());
  }

  /** Adds the findings of a replay and returns what hindered it; empty when nothing did. */
  private String replayed(LoggedRound logged, Replay replay, int whole, List<Finding> findings) {
    long round = logged.round();
    if (replay.isComplete()) {
      findings.addAll(missingOf(logged, replay));
      findings.addAll(comparison.withRecord(logged, replay));
      return comparison.isPaceKnown(round) ? "" : noInterval(round);
    }
    if (replay.missing().isEmpty()) {
      return noBase(round, replay);
    }
    findings.addAll(missingOf(logged, replay));
    return missing.mustBeInTheLog(round)
        ? ""
        : missing.deleted(logged.record().getParticipants().size(), whole);
  }

  private List<Finding> missingOf(LoggedRound logged, Replay replay) {
    return replay.missing().isEmpty() || !missing.mustBeInTheLog(logged.round())
        ? List.of()
        : missing.findings(logged, replay.missing());
  }

  private static RoundVerdict unreplayed(
      long round,
      List<String> sites,
      List<ClippedDelta> clipped,
      List<Finding> findings,
      String obstacle) {
    return new RoundVerdict(
        round, status(findings, obstacle), sites, 0, 0, List.copyOf(findings), clipped, obstacle);
  }

  private static RoundVerdict.Status status(List<Finding> findings, String obstacle) {
    if (!findings.isEmpty()) {
      return RoundVerdict.Status.FAILED;
    }
    return obstacle.isEmpty() ? RoundVerdict.Status.PROVEN : RoundVerdict.Status.NOT_REPLAYABLE;
  }

  private String noBase(long round, Replay replay) {
    return "its base, the model of round "
        + (round - 1)
        + ", could not be made anew, and "
        + Topic.MODELS.of(terms.contract())
        + " holds "
        + published.models().chunks(round - 1).size()
        + " of its "
        + terms.chunks().chunkCount()
        + " chunks"
        + (replay.madeCount() == 0
            ? ""
            : "; " + replay.madeCount() + " chunks were made all the same");
  }

  private static String noInterval(long round) {
    return "there is no record of round " + (round - 1) + ", whose interval it goes on from";
  }
}

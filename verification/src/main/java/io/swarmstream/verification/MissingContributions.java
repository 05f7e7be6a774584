package io.swarmstream.verification;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.TopicExtent;
import io.swarmstream.verification.replay.MissingDelta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a missing delta means in a replay: retention may have deleted it, which proves
 * nothing, or it was altered or removed, which is a finding.
 */
final class MissingContributions {
  /**
   * Tolerance between the broker's clock and the coordinator's; a smaller difference accuses
   * nobody.
   */
  private static final long CLOCKS_DIFFER_MS = 60_000;

  private final ContractTerms terms;
  private final NavigableMap<Long, LoggedRound> rounds;
  private final TopicExtent deltas;

  MissingContributions(
      ContractTerms terms, NavigableMap<Long, LoggedRound> rounds, TopicExtent deltas) {
    this.terms = terms;
    this.rounds = rounds;
    this.deltas = deltas;
  }

  /**
   * Whether the log must still hold all contributions to a round.
   *
   * <p>A contribution names the model it starts from, so it was sent after the previous round
   * closed.
   */
  boolean mustBeInTheLog(long round) {
    @Nullable LoggedRound before = rounds.get(round - 1);
    return deltas.isWhole()
        || (before != null
            && deltas.reachesBackTo(before.record().getClosedAtMs() - CLOCKS_DIFFER_MS));
  }

  /**
   * Reports that retention deleted contributions.
   *
   * @param whole number of the round's participants whose contributions are still complete
   */
  String deleted(int participants, int whole) {
    String gone =
        deltas.partitions().stream()
            .filter(partition -> partition.firstOffset() > 0)
            .map(
                partition ->
                    "partition "
                        + partition.partition()
                        + " begins at offset "
                        + partition.firstOffset()
                        + (partition.firstAtMs() == TopicExtent.Partition.EMPTY
                            ? " and is empty"
                            : " of " + Instant.ofEpochMilli(partition.firstAtMs())))
            .collect(Collectors.joining(", "));
    return whole
        + " of its "
        + participants
        + " contributions are still whole in "
        + deltas.topic()
        + ", from which records have been deleted: "
        + gone;
  }

  /** What is wrong with a round whose contributions must be in the log, by site and chunk. */
  List<Finding> findings(LoggedRound round, List<MissingDelta> all) {
    NavigableMap<Integer, List<MissingDelta>> bySite = new TreeMap<>();
    all.forEach(each -> bySite.computeIfAbsent(each.place(), place -> new ArrayList<>()).add(each));
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<Integer, List<MissingDelta>> entry : bySite.entrySet()) {
      Participant in = round.record().getParticipants().get(entry.getKey());
      List<MissingDelta> chunks = entry.getValue();
      chunks.sort(Comparator.comparingInt(MissingDelta::chunk));
      boolean noTrace = chunks.stream().allMatch(chunk -> chunk.claims().isEmpty());
      if (noTrace && chunks.size() == terms.chunks().chunkCount()) {
        findings.add(contributionMissing(round, in, chunks.size()));
      } else {
        chunks.forEach(chunk -> findings.addAll(findings(round, in, chunk)));
      }
    }
    return findings;
  }

  private Finding contributionMissing(LoggedRound round, Participant in, int chunks) {
    return Finding.of(
            "contribution-missing",
            round.round(),
            "contribution "
                + Hash.of(in.getContribution())
                + " of "
                + in.getName()
                + " ("
                + in.getSite()
                + ") is missing from the log: none of its "
                + chunks
                + " chunks is in "
                + deltas.topic()
                + ", which reaches back to before the round opened")
        .site(in.getName());
  }

  /**
   * The findings of one chunk, which has either no trace in the log, or records that falsely claim
   * to be it.
   */
  private List<Finding> findings(LoggedRound round, Participant in, MissingDelta chunk) {
    if (chunk.claims().isEmpty()) {
      return List.of(
          Finding.of(
                  "chunk-missing",
                  round.round(),
                  "the chunk of contribution "
                      + Hash.of(in.getContribution())
                      + " is missing from "
                      + deltas.topic()
                      + ", which reaches back to before the round opened")
              .site(in.getName())
              .chunk(chunk.chunk()));
    }
    List<Finding> findings = new ArrayList<>();
    for (MissingDelta.Claim claim : chunk.claims()) {
      findings.add(
          Finding.of("contribution-altered", round.round(), claim.flaw())
              .site(in.getName())
              .chunk(chunk.chunk())
              .at(
                  new Finding.Place(
                      deltas.topic(), claim.ref().partition(), claim.ref().offset())));
    }
    return findings;
  }
}

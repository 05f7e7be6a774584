package io.swarmstream.verification;

import io.swarmstream.operators.messages.RoundHead;
import io.swarmstream.operators.sealing.Pace;
import io.swarmstream.operators.sealing.RoundSeal;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.ClippedDelta;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.TopicExtent;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.verification.replay.MissingDelta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says of each round whether it is proven, from the records, the replay and what is published. */
final class Judge {
  /** The broker's clock and the coordinator's may differ; nobody is accused for less. */
  private static final long CLOCKS_DIFFER_MS = 60_000;

  private final Ledger ledger;
  private final ContractTerms terms;
  private final RecordCheck.Result records;
  private final PublishedModels published;
  private final TopicExtent deltas;

  Judge(Ledger ledger, RecordCheck.Result records, PublishedModels published, TopicExtent deltas) {
    this.ledger = ledger;
    this.terms = ledger.terms();
    this.records = records;
    this.published = published;
    this.deltas = deltas;
  }

  /**
   * Whether every contribution to a round must still be in the log.
   *
   * <p>A contribution names the model it starts from, so it was sent after the round before closed.
   */
  private boolean isDeltaLogWhole(long round) {
    @Nullable LoggedRound before = records.rounds().get(round - 1);
    return deltas.isWhole()
        || (before != null
            && deltas.reachesBackTo(before.record().getClosedAtMs() - CLOCKS_DIFFER_MS));
  }

  /**
   * Judges a round.
   *
   * @param replay what its replay told; null when it was not tried
   */
  RoundVerdict judge(long round, @Nullable Replay replay) {
    List<Finding> findings = new ArrayList<>();
    records.findings().stream().filter(each -> each.round() == round).forEach(findings::add);
    published.findings().stream().filter(each -> each.round() == round).forEach(findings::add);
    @Nullable LoggedRound logged = records.rounds().get(round);
    if (logged == null) {
      return verdict(round, List.of(), 0, 0, findings, List.of(), "there is no record of it");
    }
    List<Participant> in = logged.record().getParticipants();
    List<ClippedDelta> clipped = ClippedDelta.in(logged.record());
    List<String> sites = in.stream().map(Participant::getName).toList();
    if (replay == null) {
      return verdict(
          round, sites, 0, 0, findings, clipped, "its record names what no job could merge");
    }
    boolean[] incomplete = new boolean[in.size()];
    replay.missing().forEach(missing -> incomplete[missing.place()] = true);
    int whole = 0;
    for (boolean each : incomplete) {
      whole += each ? 0 : 1;
    }
    String obstacle = "";
    if (!replay.missing().isEmpty()) {
      if (isDeltaLogWhole(round)) {
        findings.addAll(missing(logged, replay.missing()));
      } else {
        obstacle = goneDeltas(in.size(), whole);
      }
    } else if (!replay.isComplete()) {
      obstacle = noBase(round, replay);
    }
    if (replay.isComplete()) {
      findings.addAll(compareRecord(logged, replay));
      obstacle = isPaceKnown(round) ? "" : noInterval(round);
    }
    findings.addAll(comparePublished(logged, replay));
    long bytes = in.size() * terms.payloadBytes();
    return verdict(
        round, sites, whole, replay.isComplete() ? bytes : 0, findings, clipped, obstacle);
  }

  private static RoundVerdict verdict(
      long round,
      List<String> sites,
      int contributions,
      long bytes,
      List<Finding> findings,
      List<ClippedDelta> clipped,
      String obstacle) {
    RoundVerdict.Status status =
        !findings.isEmpty()
            ? RoundVerdict.Status.FAILED
            : obstacle.isEmpty() ? RoundVerdict.Status.PROVEN : RoundVerdict.Status.NOT_REPLAYABLE;
    return new RoundVerdict(
        round, status, sites, contributions, bytes, List.copyOf(findings), clipped, obstacle);
  }

  private String goneDeltas(int participants, int whole) {
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
            .reduce((one, other) -> one + ", " + other)
            .orElse("");
    return whole
        + " of its "
        + participants
        + " contributions are still whole in "
        + deltas.topic()
        + ", from which records have been deleted: "
        + gone;
  }

  private String noBase(long round, Replay replay) {
    return "its base, the model of round "
        + (round - 1)
        + ", could not be made anew, and "
        + Topic.MODELS.of(terms.contract())
        + " holds "
        + published.chunks(round - 1).size()
        + " of its "
        + terms.chunks().chunkCount()
        + " chunks"
        + (replay.madeCount() == 0
            ? ""
            : "; " + replay.madeCount() + " chunks were made all the same");
  }

  private List<Finding> missing(LoggedRound round, List<MissingDelta> all) {
    NavigableMap<Integer, List<MissingDelta>> bySite = new TreeMap<>();
    all.forEach(each -> bySite.computeIfAbsent(each.place(), place -> new ArrayList<>()).add(each));
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<Integer, List<MissingDelta>> entry : bySite.entrySet()) {
      Participant in = round.record().getParticipants().get(entry.getKey());
      List<MissingDelta> chunks = entry.getValue();
      chunks.sort((one, other) -> Integer.compare(one.chunk(), other.chunk()));
      boolean noTrace = chunks.stream().allMatch(chunk -> chunk.claims().isEmpty());
      if (noTrace && chunks.size() == terms.chunks().chunkCount()) {
        findings.add(
            Finding.of(
                    "contribution-missing",
                    round.round(),
                    "contribution "
                        + Hash.of(in.getContribution())
                        + " of "
                        + in.getName()
                        + " ("
                        + in.getSite()
                        + ") is missing from the log: none of its "
                        + chunks.size()
                        + " chunks is in "
                        + deltas.topic()
                        + ", which reaches back to before the round opened")
                .site(in.getName()));
      } else {
        chunks.forEach(chunk -> findings.addAll(missing(round, in, chunk)));
      }
    }
    return findings;
  }

  private List<Finding> missing(LoggedRound round, Participant in, MissingDelta chunk) {
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

  /** The interval of an adaptive contract comes from the round before. */
  private boolean isPaceKnown(long round) {
    return !terms.isAdaptive() || round == 0 || records.rounds().containsKey(round - 1);
  }

  private static String noInterval(long round) {
    return "there is no record of round " + (round - 1) + ", whose interval it goes on from";
  }

  /** Where it is not known, the record's own, so that the rest of it is compared. */
  private Pace pace(LoggedRound round, RoundHead head, Replay replay) {
    if (!isPaceKnown(round.round())) {
      return Pace.of(round.record());
    }
    @Nullable LoggedRound before = records.rounds().get(round.round() - 1);
    return Pace.after(head, before == null ? null : Pace.of(before.record()), replay.squares());
  }

  private List<Finding> compareRecord(LoggedRound round, Replay replay) {
    RoundHead head = RoundSeal.head(round.record(), terms);
    RoundRecord remade =
        RoundSeal.record(head, replay.hashes(), replay.solved(), pace(round, head, replay));
    if (Arrays.equals(WireFormat.ROUND_RECORD.encode(remade), round.log().value())) {
      return List.of();
    }
    return RecordDifference.between(round.record(), remade).stream()
        .map(difference -> Finding.of("replay", round.round(), difference).at(round.place()))
        .toList();
  }

  private List<Finding> comparePublished(LoggedRound round, Replay replay) {
    List<Finding> findings = new ArrayList<>();
    published
        .chunks(round.round())
        .forEach(
            (index, chunk) -> {
              @Nullable Hash made = replay.made(index);
              if (made != null && !made.hex().equals(chunk.hash())) {
                findings.add(
                    Finding.of(
                            "model-chunk",
                            round.round(),
                            "the published model's chunk hashes to "
                                + chunk.hash()
                                + ", the replay's to "
                                + made)
                        .chunk(index)
                        .at(published.place(chunk)));
              }
            });
    @Nullable Hash root = published.root(round.round());
    if (root != null && !root.equals(round.modelHash())) {
      findings.add(
          Finding.of(
              "published-model",
              round.round(),
              "the published model's chunks have the Merkle root "
                  + root
                  + ", the round record says "
                  + round.modelHash()));
    }
    return findings;
  }

  /** What is wrong beyond any one round that was asked for. */
  List<Finding> general() {
    List<Finding> all = new ArrayList<>();
    records.findings().stream().filter(each -> each.round() < 0).forEach(all::add);
    long rounds =
        Math.max(
            ledger.anchors().size(),
            records.rounds().isEmpty() ? 0 : records.rounds().lastKey() + 1);
    published.findings().stream()
        .filter(each -> each.round() < 0 || (each.round() >= rounds))
        .forEach(all::add);
    return all;
  }
}

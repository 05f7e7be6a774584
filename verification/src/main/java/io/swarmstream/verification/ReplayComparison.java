package io.swarmstream.verification;

import io.swarmstream.operators.merging.DeltaFigures;
import io.swarmstream.operators.messages.RoundHead;
import io.swarmstream.operators.sealing.Pace;
import io.swarmstream.operators.sealing.RoundSeal;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.WireFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Compares what a replay made with the round record and with the published model, bit for bit. */
final class ReplayComparison {
  private final ContractTerms terms;
  private final NavigableMap<Long, LoggedRound> rounds;
  private final PublishedRounds published;

  ReplayComparison(ContractTerms terms, PublishedRounds published) {
    this.terms = terms;
    this.rounds = published.records();
    this.published = published;
  }

  /**
   * Whether the interval that a round's record must name can be computed. That of an adaptive
   * contract follows from the record of the round before.
   */
  boolean isPaceKnown(long round) {
    return !terms.isAdaptive() || round == 0 || rounds.containsKey(round - 1);
  }

  /** Seals the round anew, as the job does, and compares the bytes of the records. */
  List<Finding> withRecord(LoggedRound round, Replay replay) {
    RoundHead head = RoundSeal.head(round.record(), terms);
    RoundRecord remade =
        RoundSeal.record(
            head,
            replay.hashes(),
            replay.solved(),
            pace(round, head, replay),
            figures(round, replay),
            replay.stateRoots());
    if (Arrays.equals(WireFormat.ROUND_RECORD.encode(remade), round.log().value())) {
      return List.of();
    }
    return RecordDifference.between(round.record(), remade).stream()
        .map(difference -> Finding.of("replay", round.round(), difference).at(round.place()))
        .toList();
  }

  /**
   * A record that says nothing of its deltas is proven without: it may have been written by an
   * earlier version of the job. One that says anything of them must say all, and what is true.
   */
  private static DeltaFigures figures(LoggedRound round, Replay replay) {
    return DeltaFigures.areIn(round.record()) ? replay.figures() : DeltaFigures.UNKNOWN;
  }

  /** If the pace is unknown, takes the record's own, so that all other fields are compared. */
  private Pace pace(LoggedRound round, RoundHead head, Replay replay) {
    if (!isPaceKnown(round.round())) {
      return Pace.of(round.record());
    }
    @Nullable LoggedRound before = rounds.get(round.round() - 1);
    return Pace.after(head, before == null ? null : Pace.of(before.record()), replay.squares());
  }

  /** Compares each published chunk with the replay's, and all of them with the record. */
  List<Finding> withPublished(LoggedRound round, Replay replay) {
    long number = round.round();
    PublishedModels models = published.models();
    List<Finding> findings = new ArrayList<>(chunks(models, "model", number, replay::made));
    @Nullable Hash root = models.root(number);
    if (root != null && !root.equals(round.modelHash())) {
      findings.add(named("published-model", number, "model", root, round.modelHash()));
    }
    if (published.state() != null) {
      findings.addAll(withState(published.state(), round, replay));
    }
    return findings;
  }

  private static List<Finding> withState(PublishedModels state, LoggedRound round, Replay replay) {
    long number = round.round();
    List<Finding> findings = new ArrayList<>();
    findings.addAll(chunks(state, "optimizer state", number, replay::madeState));
    List<Hash> named = round.record().getOptimizerState().stream().map(Hash::of).toList();
    for (int vector = 0; vector < named.size(); vector++) {
      @Nullable Hash root = state.root(number, vector);
      if (root != null && !root.equals(named.get(vector))) {
        String what = "optimizer state's vector " + vector;
        findings.add(named("published-optimizer", number, what, root, named.get(vector)));
      }
    }
    return findings;
  }

  private static Finding named(String code, long round, String what, Hash root, Hash named) {
    return Finding.of(
        code,
        round,
        "the published %s's chunks have the Merkle root %s, the round record says %s"
            .formatted(what, root, named));
  }

  private static List<Finding> chunks(
      PublishedModels published, String what, long round, IntFunction<@Nullable Hash> made) {
    List<Finding> findings = new ArrayList<>();
    published
        .chunks(round)
        .forEach(
            (index, chunk) -> {
              @Nullable Hash replayed = made.apply(index);
              if (replayed != null && !replayed.hex().equals(chunk.hash())) {
                findings.add(
                    Finding.of(
                            published.code(),
                            round,
                            "the published %s's chunk hashes to %s, the replay's to %s"
                                .formatted(what, chunk.hash(), replayed))
                        .chunk(index)
                        .at(published.place(chunk)));
              }
            });
    return findings;
  }
}

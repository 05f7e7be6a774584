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
import org.jspecify.annotations.Nullable;

/** Compares what a replay made with the round record and with the published model, bit for bit. */
final class ReplayComparison {
  private final ContractTerms terms;
  private final NavigableMap<Long, LoggedRound> rounds;
  private final PublishedModels published;

  ReplayComparison(
      ContractTerms terms, NavigableMap<Long, LoggedRound> rounds, PublishedModels published) {
    this.terms = terms;
    this.rounds = rounds;
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
            figures(round, replay));
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
}

package io.swarmstream.verification;

import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.masking.MaskedSum;
import io.swarmstream.schemas.wire.InboundRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares the round records with each other, with the terms, the enrolments and the anchors: all
 * checks that need no delta.
 */
final class RecordCheck {
  private final ChainHistory history;
  private final ContractTerms terms;
  private final ParticipantCheck participants;
  private final NavigableMap<Long, LoggedRound> rounds;
  private final List<Finding> findings = new ArrayList<>();

  private RecordCheck(ChainHistory history, RecordSelection.Selected selected) {
    this.history = history;
    this.terms = history.terms();
    this.participants = new ParticipantCheck(history);
    this.rounds = selected.rounds();
    this.findings.addAll(selected.findings());
  }

  /**
   * The records and what is wrong with them.
   *
   * @param rounds the records, one for each round that has any
   * @param findings in the order of the rounds
   */
  record Result(NavigableMap<Long, LoggedRound> rounds, List<Finding> findings) {}

  /** Checks everything that the rounds topic holds. */
  static Result of(List<InboundRecord> log, ChainHistory history) {
    RecordCheck check = new RecordCheck(history, RecordSelection.of(log, history));
    long end = history.end(check.rounds);
    for (long round = 0; round < end; round++) {
      check.round(round);
    }
    return new Result(check.rounds, check.findings);
  }

  private void round(long number) {
    @Nullable LoggedRound round = rounds.get(number);
    @Nullable Anchor anchor = history.anchor(number);
    if (round == null) {
      findings.add(
          Finding.of(
              "record-missing",
              number,
              "the rounds topic has no record of it"
                  + (anchor == null
                      ? ""
                      : "; the chain has an anchor of one with hash " + anchor.recordHash())));
      return;
    }
    checkAnchor(round, anchor);
    checkTerms(round);
    checkMasks(round);
    findings.addAll(participants.of(round));
    checkBase(round);
  }

  private void checkAnchor(LoggedRound round, @Nullable Anchor anchor) {
    if (anchor == null) {
      findings.add(
          Finding.of(
                  "not-anchored",
                  round.round(),
                  "the chain has no anchor of it; it has those of "
                      + (history.anchors().isEmpty()
                          ? "no round"
                          : "rounds 0 to " + (history.anchors().size() - 1)))
              .at(round.place()));
      return;
    }
    if (!round.isAnchored(anchor)) {
      findings.add(
          Finding.of(
                  "record-hash",
                  round.round(),
                  "the round record hashes to "
                      + round.hash()
                      + ", the anchor on the chain says "
                      + anchor.recordHash()
                      + ": the record is not the one that was anchored")
              .at(round.place()));
    }
    if (!anchor.modelHash().equals(round.modelHash().hex())) {
      findings.add(
          Finding.of(
                  "anchored-model-hash",
                  round.round(),
                  "the round record names model "
                      + round.modelHash()
                      + ", the anchor on the chain "
                      + anchor.modelHash())
              .at(round.place()));
    }
  }

  private void checkTerms(LoggedRound round) {
    RoundRecord record = round.record();
    int chunks = terms.chunks().chunkCount();
    Comparison agreed = new Comparison(round, "terms", "the terms on the chain say ");
    agreed.check("contract", record.getContract(), terms.contract());
    agreed.check("termsHash", Hash.of(record.getTermsHash()), terms.hash());
    agreed.check("method", record.getMethod(), terms.method());
    agreed.check("parameterCount", record.getParameterCount(), terms.parameterCount());
    agreed.check("chunkCount", record.getChunkCount(), chunks);
    agreed.check("payloadHash", record.getPayloadHash(), terms.payloadHash().code());
    // A group that is too small may be left out; the masks' check is about the others.
    boolean mayBeFewer = terms.privacy().groups() > 1;
    if (!mayBeFewer && record.getParticipants().size() < terms.minPeers()) {
      findings.add(
          Finding.of(
                  "terms",
                  round.round(),
                  record.getParticipants().size()
                      + " sites took part, the terms on the chain say at least "
                      + terms.minPeers())
              .at(round.place()));
    }
  }

  /** Only the record says among whom a round was masked, and it proves that itself. */
  private void checkMasks(LoggedRound round) {
    RoundRecord record = round.record();
    Optional<String> flaw =
        record.getMaskMembers().isEmpty() == terms.isMasked()
            ? Optional.of(
                terms.isMasked()
                    ? "the terms on the chain say masked, the record has no masks"
                    : "the record has masks, the terms on the chain do not say masked")
            : terms.isMasked() ? MaskedSum.flaw(record, terms) : Optional.<String>empty();
    flaw.ifPresent(
        what -> findings.add(Finding.of("masks", round.round(), what).at(round.place())));
  }

  private void checkBase(LoggedRound round) {
    if (round.round() == 0) {
      checkBase(round, Hash.ZERO, "before round 0 there is ");
      return;
    }
    @Nullable LoggedRound before = rounds.get(round.round() - 1);
    @Nullable Anchor anchor = history.anchor(round.round() - 1);
    if (before != null) {
      checkBase(round, before.modelHash(), "the round before made model ");
    } else if (anchor != null) {
      checkBase(round, Hash.ofHex(anchor.modelHash()), "anchored of the round before is model ");
    }
  }

  private void checkBase(LoggedRound round, Hash expected, String who) {
    new Comparison(round, "base-hash", who)
        .check("baseHash", Hash.of(round.record().getBaseHash()), expected);
  }

  /** Compares fields of a record with those that another source names. */
  private final class Comparison {
    private final LoggedRound round;

    /** Code of the findings. */
    private final String code;

    /** Begins the clause that names the expected value. */
    private final String who;

    Comparison(LoggedRound round, String code, String who) {
      this.round = round;
      this.code = code;
      this.who = who;
    }

    void check(String field, Object recorded, Object expected) {
      if (!recorded.equals(expected)) {
        findings.add(
            Finding.of(
                    code,
                    round.round(),
                    "the round record's " + field + " is " + recorded + ", " + who + expected)
                .at(round.place()));
      }
    }
  }
}

package io.swarmstream.verification;

import io.swarmstream.operators.admission.EnrolledSite;
import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.WireFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares the round records with each other, with the terms and with the anchors: all that can be
 * said without a delta.
 */
final class RecordCheck {
  private final Ledger ledger;
  private final ContractTerms terms;
  private final Map<String, EnrolledSite> sites;
  private final List<Finding> findings = new ArrayList<>();
  private final NavigableMap<Long, LoggedRound> rounds = new TreeMap<>();

  private RecordCheck(Ledger ledger) {
    this.ledger = ledger;
    this.terms = ledger.terms();
    this.sites = ledger.sites();
  }

  /**
   * What came out.
   *
   * @param rounds the records, one for each round
   * @param findings in the order of the rounds
   */
  record Result(NavigableMap<Long, LoggedRound> rounds, List<Finding> findings) {}

  /** Checks all that is in the rounds topic. */
  static Result of(List<InboundRecord> log, Ledger ledger) {
    RecordCheck check = new RecordCheck(ledger);
    check.read(log);
    long end =
        Math.max(check.rounds.isEmpty() ? 0 : check.rounds.lastKey() + 1, ledger.anchors().size());
    for (long round = 0; round < end; round++) {
      check.round(round);
    }
    return new Result(check.rounds, check.findings);
  }

  private void read(List<InboundRecord> log) {
    Map<Long, Map<Hash, LoggedRound>> all = new TreeMap<>();
    for (InboundRecord inbound : log) {
      Finding.Place place =
          new Finding.Place(inbound.topic(), inbound.partition(), inbound.offset());
      if (!WireFormat.ROUND_RECORD.frames(inbound.value())) {
        continue; // a notice is part of no proof; another kind is of a version to come
      }
      try {
        LoggedRound round =
            new LoggedRound(inbound, WireFormat.ROUND_RECORD.decode(inbound.value()));
        if (round.round() < 0) {
          findings.add(
              Finding.of("unreadable", -1, "a record of round " + round.round()).at(place));
          continue;
        }
        if (isOfAnother(round)) {
          findings.add(foreign(round, "is of contract " + round.record().getContract()));
          continue;
        }
        all.computeIfAbsent(round.round(), key -> new LinkedHashMap<>())
            .putIfAbsent(round.hash(), round);
      } catch (MalformedRecordException e) {
        findings.add(
            Finding.of("unreadable", -1, "a round record that cannot be read: " + e.getMessage())
                .at(place));
      }
    }
    long next = ledger.anchors().size();
    for (Map.Entry<Long, Map<Hash, LoggedRound>> entry : all.entrySet()) {
      long round = entry.getKey();
      List<LoggedRound> different = List.copyOf(entry.getValue().values());
      if (round > next) {
        // The job seals one round after the other; a number out of the blue is no gap to look for.
        String why = "is of round " + round + ", there is none of round " + next + " before it";
        different.forEach(each -> findings.add(foreign(each, why)));
        continue;
      }
      rounds.put(round, one(round, different));
      next = Math.max(next, round + 1);
    }
  }

  private static Finding foreign(LoggedRound round, String why) {
    return Finding.of(
            "foreign-record",
            -1,
            "a record that the job did not write, and passes over as sites do: it " + why)
        .at(round.place());
  }

  /** Whether a record of another contract is just there, and not what the chain names. */
  private boolean isOfAnother(LoggedRound round) {
    @Nullable Anchor anchor = anchor(round.round());
    return !round.record().getContract().equals(terms.contract())
        && (anchor == null || !round.hash().hex().equals(anchor.recordHash()));
  }

  /**
   * The anchored one of several different records; the first that the coordinator has signed, when
   * none is. Another one is the coordinator's lie when it has signed that as well, else a
   * stranger's.
   */
  private LoggedRound one(long round, List<LoggedRound> different) {
    LoggedRound chosen =
        different.stream()
            .filter(each -> ledger.isSigned(each.log()))
            .findFirst()
            .orElse(different.get(0));
    @Nullable Anchor anchor = anchor(round);
    for (LoggedRound each : different) {
      if (anchor != null && each.hash().hex().equals(anchor.recordHash())) {
        chosen = each;
      }
    }
    for (LoggedRound other : different) {
      if (other.hash().equals(chosen.hash())) {
        continue;
      }
      if (ledger.isSigned(other.log())) {
        findings.add(
            Finding.of(
                    "two-records",
                    round,
                    "a second, different record of the round, hash "
                        + other.hash()
                        + "; the one at "
                        + chosen.place()
                        + " has "
                        + chosen.hash()
                        + (anchor == null ? "" : ", anchored is " + anchor.recordHash()))
                .at(other.place()));
      } else {
        findings.add(
            foreign(
                other,
                "is a second one of round " + round + ", and not signed by the coordinator"));
      }
    }
    return chosen;
  }

  private @Nullable Anchor anchor(long round) {
    return round < ledger.anchors().size() ? ledger.anchors().get((int) round) : null;
  }

  private void round(long number) {
    @Nullable LoggedRound round = rounds.get(number);
    @Nullable Anchor anchor = anchor(number);
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
    checkParticipants(round);
    checkBase(round);
  }

  private void checkBase(LoggedRound round) {
    Hash base = Hash.of(round.record().getBaseHash());
    if (round.round() == 0) {
      compare(round, "base-hash", "baseHash", base, Hash.ZERO, "before round 0 there is ");
      return;
    }
    @Nullable LoggedRound before = rounds.get(round.round() - 1);
    @Nullable Anchor anchor = anchor(round.round() - 1);
    if (before != null) {
      compare(
          round, "base-hash", "baseHash", base, before.modelHash(), "the round before made model ");
    } else if (anchor != null) {
      compare(
          round,
          "base-hash",
          "baseHash",
          base,
          Hash.ofHex(anchor.modelHash()),
          "anchored of the round before is model ");
    }
  }

  private void checkAnchor(LoggedRound round, @Nullable Anchor anchor) {
    if (anchor == null) {
      findings.add(
          Finding.of(
                  "not-anchored",
                  round.round(),
                  "the chain has no anchor of it; it has those of "
                      + (ledger.anchors().isEmpty()
                          ? "no round"
                          : "rounds 0 to " + (ledger.anchors().size() - 1)))
              .at(round.place()));
      return;
    }
    if (!anchor.recordHash().equals(round.hash().hex())) {
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
    String agreed = "the terms on the chain say ";
    compare(round, "terms", "contract", record.getContract(), terms.contract(), agreed);
    compare(round, "terms", "termsHash", Hash.of(record.getTermsHash()), terms.hash(), agreed);
    compare(round, "terms", "method", record.getMethod(), terms.method(), agreed);
    compare(
        round,
        "terms",
        "parameterCount",
        record.getParameterCount(),
        terms.parameterCount(),
        agreed);
    compare(
        round, "terms", "chunkCount", record.getChunkCount(), terms.chunks().chunkCount(), agreed);
    if (record.getParticipants().size() < terms.minPeers()) {
      findings.add(
          Finding.of(
                  "terms",
                  round.round(),
                  record.getParticipants().size()
                      + " sites took part, "
                      + agreed
                      + "at least "
                      + terms.minPeers())
              .at(round.place()));
    }
  }

  private void compare(
      LoggedRound round, String code, String field, Object recorded, Object expected, String who) {
    if (!recorded.equals(expected)) {
      findings.add(
          Finding.of(
                  code,
                  round.round(),
                  "the round record's " + field + " is " + recorded + ", " + who + expected)
              .at(round.place()));
    }
  }

  private void checkParticipants(LoggedRound round) {
    String last = "";
    for (Participant in : round.record().getParticipants()) {
      if (in.getSite().compareTo(last) <= 0) {
        findings.add(
            participant(
                round,
                in,
                in.getSite().equals(last)
                    ? "the round record names " + in.getSite() + " twice"
                    : "the round record names "
                        + in.getSite()
                        + " behind "
                        + last
                        + "; they stand in the order of their address"));
      }
      last = in.getSite();
      checkEnrolment(round, in);
    }
  }

  private void checkEnrolment(LoggedRound round, Participant in) {
    @Nullable EnrolledSite site = sites.get(in.getSite());
    int weight = in.getHeader().getWeight();
    if (site == null) {
      findings.add(participant(round, in, in.getSite() + " was never enrolled in the contract"));
      return;
    }
    if (weight < 0 || weight > site.maxWeight()) {
      findings.add(
          participant(
              round,
              in,
              "it counts with weight "
                  + weight
                  + ", it was enrolled with weights 0 to "
                  + site.maxWeight()));
    }
    if (!ledger.names(in.getSite()).contains(in.getName())) {
      findings.add(
          participant(
              round, in, in.getSite() + " was enrolled as " + Objects.requireNonNull(site).name()));
    }
  }

  private static Finding participant(LoggedRound round, Participant in, String message) {
    return Finding.of("participant", round.round(), message).site(in.getName()).at(round.place());
  }

  /** The highest round that a readable record of the contract is of; -1: there is none. */
  static long newestRound(List<InboundRecord> log, String contract) {
    long newest = -1;
    for (InboundRecord inbound : log) {
      Optional<RoundRecord> record =
          readable(inbound).filter(each -> each.getContract().equals(contract));
      newest = Math.max(newest, record.map(RoundRecord::getRound).orElse(-1L));
    }
    return newest;
  }

  private static Optional<RoundRecord> readable(InboundRecord inbound) {
    try {
      return Optional.of(WireFormat.ROUND_RECORD.decode(inbound.value()));
    } catch (MalformedRecordException e) {
      return Optional.empty();
    }
  }

  /** Whether the job's merge could be asked to do what this record says it did. */
  static boolean isReplayable(LoggedRound round, ContractTerms terms) {
    RoundRecord record = round.record();
    return !record.getParticipants().isEmpty()
        && record.getContract().equals(terms.contract())
        && record.getParticipants().stream().allMatch(in -> in.getHeader().getWeight() >= 0)
        && record.getParticipants().stream().map(Participant::getSite).distinct().count()
            == record.getParticipants().size();
  }
}

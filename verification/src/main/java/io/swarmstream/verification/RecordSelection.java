package io.swarmstream.verification;

import io.swarmstream.schemas.Anchor;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Selects the record of each round from the rounds topic, to which anybody with write access may
 * have added others.
 */
final class RecordSelection {
  private final ChainHistory history;
  private final List<Finding> findings = new ArrayList<>();
  private final NavigableMap<Long, LoggedRound> rounds = new TreeMap<>();

  private RecordSelection(ChainHistory history) {
    this.history = history;
  }

  /**
   * The selected records and what is wrong with the others.
   *
   * @param rounds one record for each round that has any
   */
  record Selected(NavigableMap<Long, LoggedRound> rounds, List<Finding> findings) {}

  static Selected of(List<InboundRecord> log, ChainHistory history) {
    RecordSelection selection = new RecordSelection(history);
    selection.select(selection.read(log));
    return new Selected(selection.rounds, selection.findings);
  }

  /** The highest round of a readable record of the contract; -1 when there is none. */
  static long newestRound(List<InboundRecord> log, String contract) {
    long newest = -1;
    for (InboundRecord inbound : log) {
      try {
        RoundRecord record = WireFormat.ROUND_RECORD.decode(inbound.value());
        if (record.getContract().equals(contract)) {
          newest = Math.max(newest, record.getRound());
        }
      } catch (MalformedRecordException e) {
        // Reported by read; it tells no round.
      }
    }
    return newest;
  }

  /** All different records, by round and hash, in the order of the log. */
  private NavigableMap<Long, Map<Hash, LoggedRound>> read(List<InboundRecord> log) {
    NavigableMap<Long, Map<Hash, LoggedRound>> all = new TreeMap<>();
    for (InboundRecord inbound : log) {
      if (!WireFormat.ROUND_RECORD.frames(inbound.value())) {
        continue; // Notices prove nothing, and other kinds belong to a later version.
      }
      @Nullable LoggedRound round = decode(inbound);
      if (round != null) {
        all.computeIfAbsent(round.round(), key -> new LinkedHashMap<>())
            .putIfAbsent(round.hash(), round);
      }
    }
    return all;
  }

  /** Null when the record is of no round of this contract; then a finding says so. */
  private @Nullable LoggedRound decode(InboundRecord inbound) {
    Finding.Place place = new Finding.Place(inbound.topic(), inbound.partition(), inbound.offset());
    try {
      LoggedRound round = new LoggedRound(inbound, WireFormat.ROUND_RECORD.decode(inbound.value()));
      if (round.round() < 0) {
        findings.add(Finding.of("unreadable", -1, "a record of round " + round.round()).at(place));
        return null;
      }
      if (isOfAnother(round)) {
        findings.add(foreign(round, "is of contract " + round.record().getContract()));
        return null;
      }
      return round;
    } catch (MalformedRecordException e) {
      findings.add(
          Finding.of("unreadable", -1, "a round record that cannot be read: " + e.getMessage())
              .at(place));
      return null;
    }
  }

  private void select(NavigableMap<Long, Map<Hash, LoggedRound>> all) {
    long next = history.anchors().size();
    for (Map.Entry<Long, Map<Hash, LoggedRound>> entry : all.entrySet()) {
      long round = entry.getKey();
      List<LoggedRound> different = List.copyOf(entry.getValue().values());
      if (round > next) {
        // The job seals rounds without gaps: a higher number is a stranger's, not a lost record.
        String why = "is of round " + round + ", there is none of round " + next + " before it";
        different.forEach(each -> findings.add(foreign(each, why)));
        continue;
      }
      rounds.put(round, one(round, different));
      next = Math.max(next, round + 1);
    }
  }

  /**
   * Whether a record names another contract. The anchored record counts even then, and the check of
   * its terms reports it.
   */
  private boolean isOfAnother(LoggedRound round) {
    return !round.record().getContract().equals(history.terms().contract())
        && !round.isAnchored(history.anchor(round.round()));
  }

  /**
   * Selects the anchored record among several different ones; if none is anchored, the first that
   * the coordinator signed. Attributes a second record to the coordinator if the coordinator signed
   * it, and to a third party otherwise.
   */
  private LoggedRound one(long round, List<LoggedRound> different) {
    LoggedRound chosen =
        different.stream()
            .filter(each -> history.isSigned(each.log()))
            .findFirst()
            .orElse(different.get(0));
    @Nullable Anchor anchor = history.anchor(round);
    for (LoggedRound each : different) {
      if (each.isAnchored(anchor)) {
        chosen = each;
      }
    }
    for (LoggedRound other : different) {
      if (!other.hash().equals(chosen.hash())) {
        findings.add(second(other, chosen, anchor));
      }
    }
    return chosen;
  }

  private Finding second(LoggedRound other, LoggedRound chosen, @Nullable Anchor anchor) {
    if (!history.isSigned(other.log())) {
      return foreign(
          other,
          "is a second one of round " + other.round() + ", and not signed by the coordinator");
    }
    return Finding.of(
            "two-records",
            other.round(),
            "a second, different record of the round, hash "
                + other.hash()
                + "; the one at "
                + chosen.place()
                + " has "
                + chosen.hash()
                + (anchor == null ? "" : ", anchored is " + anchor.recordHash()))
        .at(other.place());
  }

  private static Finding foreign(LoggedRound round, String why) {
    return Finding.of(
            "foreign-record",
            -1,
            "a record that the job did not write, and passes over as sites do: it " + why)
        .at(round.place());
  }
}

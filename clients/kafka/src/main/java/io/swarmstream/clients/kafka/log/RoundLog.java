package io.swarmstream.clients.kafka.log;

import io.swarmstream.clients.kafka.SeldomWarning;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.signing.RecordSignature;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a contract's rounds topic has said so far: the newest round records, and the newest notice.
 * Safe for use by several threads.
 */
public final class RoundLog {
  /** Older records are dropped; whoever needs one reads the topic. */
  public static final int KEPT_ROUNDS = 128;

  private static final Logger LOG = LoggerFactory.getLogger(RoundLog.class);

  private final Bulletin bulletin;
  private final OwnRecords own;
  private final SeldomWarning warning = new SeldomWarning(LOG);
  private final TreeMap<Long, SealedRound> rounds = new TreeMap<>();
  private @Nullable RoundNotice notice;

  RoundLog(Bulletin bulletin, OwnRecords own) {
    this.bulletin = bulletin;
    this.own = own;
  }

  /** The record of the highest round; empty before the first round is sealed. */
  public Optional<SealedRound> newest() {
    return bulletin.read(
        () -> rounds.isEmpty() ? Optional.empty() : Optional.of(rounds.lastEntry().getValue()));
  }

  /** The record of a round; empty when it is not sealed yet, or dropped by now. */
  public Optional<SealedRound> find(long round) {
    return bulletin.read(() -> Optional.ofNullable(rounds.get(round)));
  }

  /** Whether the round is sealed but its record no longer kept here. */
  public boolean isDropped(long round) {
    return bulletin.read(() -> rounds.size() == KEPT_ROUNDS && round < rounds.firstKey());
  }

  /** What the open round waits for, as last said; empty before the first notice. */
  public Optional<RoundNotice> notice() {
    return bulletin.read(() -> Optional.ofNullable(notice));
  }

  /** Takes a value of the topic, under the bulletin's lock. */
  void accept(byte[] value, Optional<RecordSignature> signature) {
    Optional<String> flaw = own.signatureFlaw(Topic.ROUNDS.of(own.contract()), value, signature);
    if (flaw.isPresent()) {
      passOver(flaw.get());
      return;
    }
    try {
      if (WireFormat.ROUND_RECORD.frames(value)) {
        SealedRound next = SealedRound.of(value);
        own.flaw(next.record()).ifPresentOrElse(this::passOver, () -> keep(next));
      } else if (WireFormat.ROUND_NOTICE.frames(value)) {
        RoundNotice next = WireFormat.ROUND_NOTICE.decode(value);
        own.flaw(next.getContract()).ifPresentOrElse(this::passOver, () -> keep(next));
      }
      // Any other kind is of a version to come.
    } catch (MalformedRecordException e) {
      passOver(String.valueOf(e.getMessage()));
    }
  }

  private void passOver(String flaw) {
    warning.say(
        "a record of the rounds topic of "
            + own.contract()
            + " is passed over: "
            + flaw
            + "; find out who else can write to it");
  }

  private void keep(SealedRound next) {
    SealedRound first = rounds.putIfAbsent(next.round(), next);
    if (first != null && !first.equals(next)) {
      LOG.error("{} has a second record {}; the first one stands", first, next.hash());
    }
    if (rounds.size() > KEPT_ROUNDS) {
      rounds.pollFirstEntry();
    }
  }

  /**
   * Rounds only rise: a notice of an earlier one has been written again by somebody. One of the
   * same round is not known from a new one; the job's next notice puts it right.
   */
  private void keep(RoundNotice next) {
    if (notice == null || next.getRound() >= notice.getRound()) {
      notice = next;
    }
  }

  /** For messages: what is known of the rounds. */
  String state() {
    String newest = newest().map(last -> "the newest is " + last.round()).orElse("none yet");
    return "rounds sealed: "
        + newest
        + notice().map(open -> "; " + OpenRound.inWords(open)).orElse("");
  }
}

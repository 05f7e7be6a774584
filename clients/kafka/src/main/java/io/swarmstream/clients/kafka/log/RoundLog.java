package io.swarmstream.clients.kafka.log;

import io.swarmstream.clients.kafka.SeldomWarning;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.WireFormat;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest round records and the newest notice of a contract's rounds topic. Safe for use
 * by several threads.
 */
public final class RoundLog {
  /** Limits memory by dropping older records; to get one of those, read the topic. */
  public static final int KEPT_ROUNDS = 128;

  private static final Logger LOG = LoggerFactory.getLogger(RoundLog.class);

  private final Bulletin bulletin;
  private final OwnRecords own;
  private final MaskLog masks;
  private final SeldomWarning warning = new SeldomWarning(LOG);
  private final TreeMap<Long, PublishedRound> rounds = new TreeMap<>();
  private @Nullable RoundNotice notice;

  RoundLog(Bulletin bulletin, OwnRecords own, MaskLog masks) {
    this.masks = masks;
    this.bulletin = bulletin;
    this.own = own;
  }

  /** The record of the highest round; empty before the first round is sealed. */
  public Optional<PublishedRound> newest() {
    return bulletin.read(
        () -> rounds.isEmpty() ? Optional.empty() : Optional.of(rounds.lastEntry().getValue()));
  }

  /** The record of a round; empty when the round is not sealed yet or its record was dropped. */
  public Optional<PublishedRound> find(long round) {
    return bulletin.read(() -> Optional.ofNullable(rounds.get(round)));
  }

  /** Whether the round is sealed but its record was dropped. */
  public boolean isDropped(long round) {
    return bulletin.read(() -> rounds.size() == KEPT_ROUNDS && round < rounds.firstKey());
  }

  /** The newest notice of what the open round waits for; empty before the first notice. */
  public Optional<RoundNotice> notice() {
    return bulletin.read(() -> Optional.ofNullable(notice));
  }

  /**
   * Takes a value of the topic, under the bulletin's lock.
   *
   * @param flaw what is wrong with its signature; empty: nothing
   */
  void accept(byte[] value, Optional<String> flaw) {
    if (flaw.isPresent()) {
      passOver(flaw.get());
      return;
    }
    try {
      masks.accept(value);
      if (WireFormat.ROUND_RECORD.frames(value)) {
        PublishedRound next = PublishedRound.of(value);
        own.flaw(next.record()).ifPresentOrElse(this::passOver, () -> keep(next));
      } else if (WireFormat.ROUND_NOTICE.frames(value)) {
        RoundNotice next = WireFormat.ROUND_NOTICE.decode(value);
        own.flaw(next.getContract()).ifPresentOrElse(this::passOver, () -> keep(next));
      }
      // Any other kind belongs to a later version.
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

  private void keep(PublishedRound next) {
    PublishedRound first = rounds.putIfAbsent(next.round(), next);
    if (first != null && !first.equals(next)) {
      LOG.error("{} has a second record {}; the first one stands", first, next.hash());
    }
    if (rounds.size() > KEPT_ROUNDS) {
      rounds.pollFirstEntry();
    }
  }

  /**
   * Keeps a notice unless it is about an earlier round: rounds only increase, so that one is a copy
   * that somebody else wrote. A copy for the same round cannot be told from a new notice; the job's
   * next notice corrects it.
   */
  private void keep(RoundNotice next) {
    if (!next.getFence().isEmpty()) {
      return; // for coordinators; it says nothing of what is waited for
    }
    if (notice == null || next.getRound() >= notice.getRound()) {
      notice = next;
    }
  }

  /** Describes the known rounds, for messages. */
  String state() {
    String newest = newest().map(last -> "the newest is " + last.round()).orElse("none yet");
    return "rounds sealed: "
        + newest
        + notice().map(open -> "; " + NoticeText.inWords(open)).orElse("");
  }
}

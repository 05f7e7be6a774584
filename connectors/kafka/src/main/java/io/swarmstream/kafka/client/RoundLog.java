package io.swarmstream.kafka.client;

import io.swarmstream.schemas.MalformedRecordException;
import io.swarmstream.schemas.WireFormat;
import io.swarmstream.schemas.avro.RoundNotice;
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
  private final TreeMap<Long, SealedRound> rounds = new TreeMap<>();
  private @Nullable RoundNotice notice;

  RoundLog(Bulletin bulletin) {
    this.bulletin = bulletin;
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
  void accept(byte[] value) {
    try {
      if (WireFormat.ROUND_RECORD.frames(value)) {
        keep(SealedRound.of(value));
      } else if (WireFormat.ROUND_NOTICE.frames(value)) {
        notice = WireFormat.ROUND_NOTICE.decode(value);
      }
      // Any other kind is of a version to come.
    } catch (MalformedRecordException e) {
      LOG.warn("a record of the rounds topic is passed over: {}", e.getMessage());
    }
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

  /** For messages: what is known of the rounds. */
  String state() {
    String newest = newest().map(last -> "the newest is " + last.round()).orElse("none yet");
    return "rounds sealed: "
        + newest
        + notice().map(open -> "; " + OpenRound.inWords(open)).orElse("");
  }
}

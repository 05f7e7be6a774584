package io.swarmstream.site.internal;

import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.clients.kafka.log.RejectionLog;
import io.swarmstream.clients.kafka.log.RoundLog;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.RejectionReason;
import io.swarmstream.site.ForeignContribution;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds contributions under this site's address that the site has not sent. If two nodes have one
 * key, the first complete contribution counts: the loser finds the other's in the round record, the
 * winner finds it among the rejections.
 *
 * <p>An earlier process of this site may have contributed, too, but only to the round that was open
 * when this process joined, or to older rounds. A finding there is certain only if the site knows
 * what that process sent.
 */
final class KeyWatch {
  private static final Logger LOG = LoggerFactory.getLogger(KeyWatch.class);

  /** Of records whose signature or terms the job has not accepted: anybody may have sent those. */
  private static final Set<RejectionReason> PROVE_NOTHING =
      EnumSet.of(
          RejectionReason.MALFORMED,
          RejectionReason.WRONG_TOPIC,
          RejectionReason.UNKNOWN_SITE,
          RejectionReason.WRONG_TERMS,
          RejectionReason.BAD_SIGNATURE);

  private final ContractTerms terms;
  private final String name;
  private final String address;
  private final Supplier<String> owner;
  private final SentContributions sent;

  /** The round that was open when this process joined. */
  private final long openAtJoin;

  /** Records of rounds from here on are looked at. */
  private long nextRound;

  private long rejectionsSeen;

  private @Nullable ForeignContribution found;

  /**
   * Begins to watch.
   *
   * @param owner of the contract, for messages
   * @param newestRound as of when the site joined; -1: none
   */
  KeyWatch(
      ContractTerms terms,
      String name,
      String address,
      Supplier<String> owner,
      SentContributions sent,
      long newestRound) {
    this.terms = terms;
    this.name = name;
    this.address = address;
    this.owner = owner;
    this.sent = sent;
    this.openAtJoin = newestRound + 1;
    this.nextRound = Math.min(openAtJoin, sent.firstRound().orElse(openAtJoin));
  }

  /** What this site, whichever process of it, has in a round; empty: nothing, or it is unknown. */
  Optional<Participant> own(PublishedRound round) {
    return underThisAddress(round)
        .filter(participant -> sent.has(round.round(), rootOf(participant)));
  }

  private Optional<Participant> underThisAddress(PublishedRound round) {
    return round.record().getParticipants().stream()
        .filter(participant -> participant.getSite().equals(address))
        .findFirst();
  }

  private static String rootOf(Participant participant) {
    return Hash.of(participant.getContribution()).hex();
  }

  /** What was found in the newest round in which there was something; reports what is new. */
  Optional<ForeignContribution> look(RoundLog rounds, RejectionLog rejections) {
    long newest = rounds.newest().map(PublishedRound::round).orElse(-1L);
    long first = Math.max(nextRound, newest - RoundLog.KEPT_ROUNDS + 1);
    List<PublishedRound> records = new ArrayList<>();
    for (long round = first; round <= newest; round++) {
      rounds.find(round).ifPresent(records::add);
    }
    long seen = rejections.seen();
    Optional<ForeignContribution> now =
        look(records, rejections.since(rejectionsSeen), Math.max(nextRound, newest + 1));
    rejectionsSeen = seen;
    return now;
  }

  /**
   * The same of what is new.
   *
   * @param records in their order
   * @param openRound the round after the newest record
   */
  Optional<ForeignContribution> look(
      List<PublishedRound> records, List<Rejection> rejections, long openRound) {
    nextRound = openRound;
    @Nullable ForeignContribution before = found;
    for (PublishedRound record : records) {
      Optional<Participant> in = underThisAddress(record);
      if (in.isPresent() && own(record).isEmpty()) {
        found = foreign(record.round(), rootOf(in.get()), true);
      }
    }
    for (Rejection refused : rejections) {
      if (isForeign(refused, openRound) && (found == null || found.round() < refused.getRound())) {
        found = foreign(refused.getRound(), refused.getContribution(), false);
      }
    }
    if (found != null && !found.equals(before)) {
      report(found);
    }
    return Optional.ofNullable(found);
  }

  /** A whole contribution that came too late, or part of one, with this site's signature. */
  private boolean isForeign(Rejection refused, long openRound) {
    boolean isSigned =
        RejectionReason.ofCode(refused.getReason())
            .filter(reason -> !PROVE_NOTHING.contains(reason))
            .isPresent();
    return isSigned
        && refused.getSite().equals(address)
        && !refused.getContribution().isEmpty()
        && refused.getRound() >= openAtJoin
        && refused.getRound() <= openRound
        && !sent.has(refused.getRound(), refused.getContribution());
  }

  private void report(ForeignContribution foreign) {
    if (isCertain(foreign.round())) {
      LOG.error("{}", foreign.warning());
    } else {
      LOG.warn("{}", foreign.warning());
    }
  }

  /** Whether no earlier process of this site can have sent what this one does not know. */
  private boolean isCertain(long round) {
    return sent.isKept() || round > openAtJoin;
  }

  private ForeignContribution foreign(long round, String contribution, boolean counted) {
    String what =
        isCertain(round)
            ? "another holder of its key contributed %s to round %d of contract %s, and that contribution %s"
            : "contribution %s to round %d of contract %s is signed with its key, was not sent by this process, and %s;"
                + " if an earlier process of this site sent it, nothing is wrong, else somebody else has the key";
    String way =
        ". Stop the other node. If it is not yours, the key is stolen: have the contract's owner %s remove this"
            + " address, and enrol the site with a new key";
    return new ForeignContribution(
        round,
        contribution,
        counted,
        String.format(
            "site %s (%s): " + what + way,
            name,
            address,
            contribution,
            round,
            terms.contract(),
            counted ? "counted" : "was refused",
            owner.get()));
  }
}

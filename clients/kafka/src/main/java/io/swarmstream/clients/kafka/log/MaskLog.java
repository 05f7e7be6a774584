package io.swarmstream.clients.kafka.log;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.MaskAgreement;
import io.swarmstream.schemas.avro.MaskCohort;
import io.swarmstream.schemas.avro.MaskRoster;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.avro.RoundPlan;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.masking.Roster;
import io.swarmstream.schemas.rounds.Fence;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.WireFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the rounds topic of a masked contract says of the newest rounds: the roster, and of
 * each round its cohort and its plan. Safe for use by several threads.
 *
 * <p>Coordinator and sites apply the same rules to one order of records (ADR 33), so they agree: a
 * record counts if it names the fence in force at its place, and, of a cohort or plan, if no other
 * of its round stands before it. An agreement proves itself.
 */
public final class MaskLog {
  private static final int KEPT_ROUNDS = 8;

  private final Bulletin bulletin;
  private final @Nullable ContractTerms terms;
  private final TreeMap<Long, MaskCohort> cohorts = new TreeMap<>();
  private final TreeMap<Long, byte[]> plans = new TreeMap<>();

  /** The newest of each round: its signatures say whether it is one. */
  private final TreeMap<Long, byte[]> agreements = new TreeMap<>();

  private final Map<Hash, MaskRoster> rosters = new LinkedHashMap<>();
  private @Nullable MaskRoster roster;
  private long fenceInForce;

  /**
   * Keeps nothing if the contract is not masked.
   *
   * @param terms null: they are not known, so nothing counts
   */
  MaskLog(Bulletin bulletin, @Nullable ContractTerms terms) {
    this.bulletin = bulletin;
    this.terms = terms;
  }

  /** The newest roster; empty before there is one. */
  public Optional<MaskRoster> roster() {
    return bulletin.read(() -> Optional.ofNullable(roster));
  }

  /** The roster of a hash, if it is among the newest. */
  public Optional<MaskRoster> roster(Hash hash) {
    return bulletin.read(() -> Optional.ofNullable(rosters.get(hash)));
  }

  /** The cohort of a round; empty before there is one, and of rounds that are long over. */
  public Optional<MaskCohort> cohort(long round) {
    return bulletin.read(() -> Optional.ofNullable(cohorts.get(round)));
  }

  /** The plan of a round as published; empty before there is one, and of rounds long over. */
  public Optional<byte[]> plan(long round) {
    return bulletin.read(() -> Optional.ofNullable(plans.get(round)));
  }

  /** What claims to prove that enough sites have read the same plan of a round. */
  public Optional<byte[]> agreement(long round) {
    return bulletin.read(() -> Optional.ofNullable(agreements.get(round)));
  }

  /** Takes a value of the topic that the coordinator has signed, under the bulletin's lock. */
  void accept(byte[] value) throws MalformedRecordException {
    if (terms == null || !terms.isMasked()) {
      return;
    }
    if (WireFormat.ROUND_NOTICE.frames(value)) {
      putInForce(WireFormat.ROUND_NOTICE.decode(value));
    } else if (WireFormat.MASK_ROSTER.frames(value)) {
      MaskRoster next = WireFormat.MASK_ROSTER.decode(value);
      if (counts(next.getContract(), Hash.of(next.getTermsHash()), next.getFence())) {
        keep(next);
      }
    } else if (WireFormat.MASK_COHORT.frames(value)) {
      MaskCohort next = WireFormat.MASK_COHORT.decode(value);
      if (counts(next.getContract(), Hash.of(next.getTermsHash()), next.getFence())) {
        keep(cohorts, next.getRound(), next);
      }
    } else if (WireFormat.ROUND_PLAN.frames(value)) {
      RoundPlan next = WireFormat.ROUND_PLAN.decode(value);
      if (counts(next.getContract(), Hash.of(next.getTermsHash()), next.getFence())) {
        keep(plans, next.getRound(), value);
      }
    } else if (WireFormat.MASK_AGREEMENT.frames(value)) {
      MaskAgreement next = WireFormat.MASK_AGREEMENT.decode(value);
      if (isOwn(next.getContract(), Hash.of(next.getTermsHash()))) {
        agreements.remove(next.getRound());
        keep(agreements, next.getRound(), value);
      }
    }
  }

  private void keep(MaskRoster next) {
    Hash hash = Roster.of(Objects.requireNonNull(terms), next).hash();
    roster = next;
    rosters.remove(hash); // it is the newest from now on
    rosters.put(hash, next);
    if (rosters.size() > KEPT_ROUNDS) {
      rosters.remove(rosters.keySet().iterator().next());
    }
  }

  private void putInForce(RoundNotice notice) {
    if (terms != null && notice.getContract().equals(terms.contract())) {
      fenceInForce = Math.max(fenceInForce, Fence.number(notice.getFence()));
    }
  }

  private boolean counts(String contract, Hash termsHash, long fence) {
    return isOwn(contract, termsHash) && fence == fenceInForce;
  }

  private boolean isOwn(String contract, Hash termsHash) {
    return terms != null && contract.equals(terms.contract()) && termsHash.equals(terms.hash());
  }

  private static <T> void keep(NavigableMap<Long, T> byRound, long round, T first) {
    byRound.putIfAbsent(round, first);
    if (byRound.size() > KEPT_ROUNDS) {
      byRound.pollFirstEntry();
    }
  }
}

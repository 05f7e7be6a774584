package io.swarmstream.operators.rig;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.MaskAgreement;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.masking.Cohort;
import io.swarmstream.schemas.masking.DeltaMask;
import io.swarmstream.schemas.masking.MaskOffers;
import io.swarmstream.schemas.masking.MaskedPlan;
import io.swarmstream.schemas.masking.Roster;
import io.swarmstream.schemas.masking.SiteSecrets;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.TestContract;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Sites of a masked contract that do each step of a round when a test tells them to. */
public final class MaskedSites {
  private final SwarmRig rig;
  private final TestContract contract;

  public MaskedSites(SwarmRig rig, TestContract contract) {
    this.rig = rig;
    this.contract = contract;
  }

  /** They say by which key others encrypt for them. */
  public void announce(int... sites) {
    for (int site : sites) {
      send(WireFormat.MASK_OFFER.encode(MaskOffers.announce(key(site), secrets(site))));
    }
  }

  /** They offer to take part in a round, for the newest roster. */
  public void offer(long round, int... sites) throws MalformedRecordException {
    Roster roster =
        Roster.of(
            contract.terms(),
            WireFormat.MASK_ROSTER.decode(newest(WireFormat.MASK_ROSTER::frames).orElseThrow()));
    for (int site : sites) {
      send(
          WireFormat.MASK_OFFER.encode(
              MaskOffers.offer(key(site), secrets(site), round, rig.base(contract), roster)));
    }
  }

  /** The round's first cohort in the log; empty: there is none. */
  public Optional<Cohort> cohort(long round) throws MalformedRecordException {
    for (OutboundRecord written : rig.graph().rounds) {
      if (WireFormat.MASK_COHORT.frames(written.value())) {
        Cohort cohort = Cohort.of(WireFormat.MASK_COHORT.decode(written.value()));
        if (cohort.round() == round) {
          return Optional.of(cohort);
        }
      }
    }
    return Optional.empty();
  }

  /** They mask a delta of their own and send it. */
  public void contribute(long round, int... sites) throws MalformedRecordException {
    for (int site : sites) {
      contribute(round, cohort(round).orElseThrow(), site);
    }
  }

  /** A site masks its delta among a cohort that may be another than the round's. */
  public void contribute(long round, Cohort cohort, int site) throws MalformedRecordException {
    contribute(round, cohort, site, site + 1, CheckIn.TRAINING);
  }

  /** The same with another header. */
  public void contribute(long round, Cohort cohort, int site, int weight, CheckIn checkIn)
      throws MalformedRecordException {
    ContractTerms terms = contract.terms();
    DeltaMask mask = DeltaMask.of(secrets(site), key(site).address(), cohort);
    rig.send(
        Contribution.sign(
            key(site),
            terms,
            round,
            rig.base(contract),
            FlatVector.of(delta(site, round)),
            new ContributionHeader(weight, 10L, 0.5, Double.NaN, 1.0, 2.0, checkIn.code()),
            Long.MAX_VALUE,
            mask));
  }

  /** The delta of a site; its weight is one more than its number. */
  public float[] delta(int site, long round) {
    float[] delta = new float[Math.toIntExact(contract.terms().parameterCount())];
    for (int i = 0; i < delta.length; i++) {
      delta[i] = (site + 1) * 0.01f + i * 0.001f - round * 0.002f;
    }
    return delta;
  }

  /** They confirm the round's cohort and plan. */
  public void confirm(long round, int... sites) throws MalformedRecordException {
    for (int site : sites) {
      send(WireFormat.MASK_CONFIRMATION.encode(maskedPlan(round).confirm(key(site))));
    }
  }

  /** The round's newest agreement in the log; empty: there is none. */
  public Optional<MaskAgreement> agreement(long round) throws MalformedRecordException {
    Optional<MaskAgreement> found = Optional.empty();
    for (byte[] each : all(WireFormat.MASK_AGREEMENT::frames)) {
      MaskAgreement agreement = WireFormat.MASK_AGREEMENT.decode(each);
      if (agreement.getRound() == round) {
        found = Optional.of(agreement);
      }
    }
    return found;
  }

  /** They confirm the round's plan, and answer it, whether others have confirmed it or not. */
  public void reply(long round, int... sites) throws MalformedRecordException {
    confirm(round, sites);
    answer(round, sites);
  }

  /** They answer to the round's plan. */
  public void answer(long round, int... sites) throws MalformedRecordException {
    for (int site : sites) {
      send(answerBytes(round, site));
    }
  }

  /** What a site answers to the round's plan. */
  public byte[] answerBytes(long round, int site) throws MalformedRecordException {
    MaskedPlan plan = maskedPlan(round);
    return WireFormat.UNMASK.encode(plan.unmasking().answer(key(site), secrets(site), plan.hash()));
  }

  /** The round's plan as sites read it. */
  public MaskedPlan maskedPlan(long round) throws MalformedRecordException {
    return MaskedPlan.of(contract.terms(), cohort(round).orElseThrow(), plan(round).orElseThrow());
  }

  /** The round's newest plan in the log; empty: there is none. */
  public Optional<byte[]> plan(long round) throws MalformedRecordException {
    for (byte[] plan : all(WireFormat.ROUND_PLAN::frames)) {
      if (WireFormat.ROUND_PLAN.decode(plan).getRound() == round) {
        return Optional.of(plan);
      }
    }
    return Optional.empty();
  }

  private Optional<byte[]> newest(Predicate<byte[]> kind) {
    List<byte[]> found = all(kind);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
  }

  private List<byte[]> all(Predicate<byte[]> kind) {
    return rig.graph().rounds.stream().map(OutboundRecord::value).filter(kind).toList();
  }

  private void send(byte[] letter) {
    long unused = rig.sendBytes(contract.name(), letter);
  }

  private SiteKey key(int site) {
    return contract.site(site).key();
  }

  private SiteSecrets secrets(int site) {
    return SiteSecrets.of(key(site), contract.terms());
  }
}

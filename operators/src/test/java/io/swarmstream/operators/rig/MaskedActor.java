package io.swarmstream.operators.rig;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.MaskAgreement;
import io.swarmstream.schemas.avro.MaskRoster;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.masking.Cohort;
import io.swarmstream.schemas.masking.DeltaMask;
import io.swarmstream.schemas.masking.MaskOffers;
import io.swarmstream.schemas.masking.MaskedPlan;
import io.swarmstream.schemas.masking.Roster;
import io.swarmstream.schemas.masking.SiteSecrets;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.TestContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An honest site of a masked contract. It sends what it would send next by what it has read so far,
 * as often as a test lets it.
 */
public final class MaskedActor {
  private final TestContract contract;
  private final ContractTerms terms;
  private final int site;
  private final SiteKey key;
  private final SiteSecrets secrets;
  private final MaskedView view;

  /** By round: what it has masked, which must stay the only one. */
  private final Map<Long, String> masked = new HashMap<>();

  /** By round: what it has confirmed, which must stay the only one. */
  private final Map<Long, Hash> confirmed = new HashMap<>();

  public MaskedActor(TestContract contract, int site) {
    this.contract = contract;
    this.terms = contract.terms();
    this.site = site;
    this.key = contract.site(site).key();
    this.secrets = SiteSecrets.of(key, terms);
    this.view = new MaskedView(terms);
  }

  /** Reads what the log holds by now. */
  public void read(GraphRig graph) throws Exception {
    view.read(graph.committed());
  }

  public long openRound() {
    return view.openRound();
  }

  /** The records that it would send now, each of which may be lost or sent twice. */
  public List<byte[]> next() throws Exception {
    List<byte[]> next = new ArrayList<>();
    @Nullable Cohort cohort = view.cohort();
    byte @Nullable [] plan = view.plan();
    if (cohort == null) {
      offer(next);
    } else if (plan == null) {
      contribute(cohort, next);
    } else if (cohort.holdsShares(key.address())) {
      reply(MaskedPlan.of(terms, cohort, plan), next);
    }
    return next;
  }

  private void offer(List<byte[]> next) {
    @Nullable MaskRoster roster = view.roster();
    next.add(WireFormat.MASK_OFFER.encode(MaskOffers.announce(key, secrets)));
    if (roster != null
        && roster.getSites().stream().anyMatch(each -> each.getSite().equals(key.address()))) {
      next.add(
          WireFormat.MASK_OFFER.encode(
              MaskOffers.offer(
                  key, secrets, view.openRound(), view.base(), Roster.of(terms, roster))));
    }
  }

  private void contribute(Cohort cohort, List<byte[]> next) {
    if (!cohort.has(key.address()) || !cohort.baseHash().equals(view.base())) {
      return;
    }
    Optional<String> flaw = cohort.flaw(terms);
    if (flaw.isPresent()) {
      throw new AssertionError("the job made a bad cohort: " + flaw.get());
    }
    long round = view.openRound();
    String before = masked.putIfAbsent(round, cohort.hash().hex());
    if (before != null && !before.equals(cohort.hash().hex())) {
      throw new AssertionError("two cohorts of round " + round);
    }
    Contribution contribution =
        Contribution.sign(
            key,
            terms,
            round,
            view.base(),
            FlatVector.of(delta(contract, site, round)),
            new ContributionHeader(
                weight(site), 10L, 0.5, Double.NaN, 1.0, 2.0, CheckIn.TRAINING.code()),
            Long.MAX_VALUE,
            DeltaMask.of(secrets, key.address(), cohort));
    for (int chunk = 0; chunk < contribution.chunkCount(); chunk++) {
      next.add(WireFormat.DELTA_CHUNK.encode(contribution.chunk(chunk)));
    }
  }

  private void reply(MaskedPlan plan, List<byte[]> next) {
    Optional<String> flaw = plan.flaw();
    if (flaw.isPresent()) {
      throw new AssertionError("the job made a bad plan: " + flaw.get());
    }
    @Nullable Hash before = confirmed.putIfAbsent(view.openRound(), plan.content());
    if (before != null && !before.equals(plan.content())) {
      throw new AssertionError("two plans of round " + view.openRound());
    }
    next.add(WireFormat.MASK_CONFIRMATION.encode(plan.confirm(key)));
    @Nullable MaskAgreement agreement = view.agreement();
    if (agreement != null && plan.isAgreed(agreement)) {
      next.add(WireFormat.UNMASK.encode(plan.unmasking().answer(key, secrets, plan.hash())));
    }
  }

  /** The weight that a site asks for. */
  public static int weight(int site) {
    return site + 1;
  }

  /**
   * The delta of a site. No three are in one line, where an even number of them would have no
   * single median.
   */
  public static float[] delta(TestContract contract, int site, long round) {
    float[] delta = new float[Math.toIntExact(contract.terms().parameterCount())];
    for (int i = 0; i < delta.length; i++) {
      int mixed = (site * 31 + i * 17 + site * i) % 13;
      delta[i] = (site + 1) * 0.01f + mixed * 0.004f - round % 100 * 0.002f;
    }
    return delta;
  }
}

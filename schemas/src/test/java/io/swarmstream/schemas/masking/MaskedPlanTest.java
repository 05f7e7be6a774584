package io.swarmstream.schemas.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.MaskAgreement;
import io.swarmstream.schemas.avro.MaskConfirmation;
import io.swarmstream.schemas.avro.MaskMember;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundPlan;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.signing.SignedContent;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.WireFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MaskedPlanTest {
  private static final int SITES = 6;
  private static final int VALUES = 100;

  private final MaskingRound round = new MaskingRound(SITES, SITES);
  private final List<String> sites = round.roster.sites();

  @Test
  void isConfirmedByEnoughSites() throws Exception {
    MaskedPlan plan = plan(round.cohort, sites);
    List<MaskConfirmation> said = new ArrayList<>();
    for (String site : sites.subList(0, 3)) {
      said.add(plan.confirm(round.key(site)));
    }
    said.add(plan.confirm(SiteKey.ofSeed(7))); // a stranger
    said.add(plan(round.cohortOf(5), sites.subList(0, 5)).confirm(round.key(sites.get(4))));
    assertThat(plan.flaw()).isEmpty();
    assertThat(plan.agreement(said)).isEmpty();

    said.add(plan.confirm(round.key(sites.get(5))));
    MaskAgreement agreement = plan.agreement(said).orElseThrow();
    assertThat(agreement.getSignatures()).hasSize(4);
    assertThat(plan.isAgreed(agreement)).isTrue();
  }

  /** A coordinator can write what it likes, but not the signatures of sites. */
  @Test
  void takesNoAgreementOfTooFewSites() throws Exception {
    MaskedPlan plan = plan(round.cohort, sites);
    MaskedPlan other = plan(round.cohort, sites.subList(0, 5));
    List<ByteBuffer> three = new ArrayList<>();
    for (String site : sites.subList(0, 3)) {
      three.add(plan.confirm(round.key(site)).getSignature());
    }
    ByteBuffer twice = plan.confirm(round.key(sites.get(2))).getSignature();
    ByteBuffer stranger = plan.confirm(SiteKey.ofSeed(7)).getSignature();
    ByteBuffer elsewhere = other.confirm(round.key(sites.get(3))).getSignature();
    for (ByteBuffer fourth : List.of(twice, stranger, elsewhere, ByteBuffer.allocate(65))) {
      List<ByteBuffer> signatures = new ArrayList<>(three);
      signatures.add(fourth);
      assertThat(plan.isAgreed(agreement(plan, signatures))).isFalse();
    }
    three.add(plan.confirm(round.key(sites.get(3))).getSignature());
    assertThat(plan.isAgreed(agreement(plan, three))).isTrue();
    assertThat(other.isAgreed(agreement(plan, three))).isFalse();
  }

  /**
   * The attack that participants' signatures are for. Two of six sites are shown a cohort of four,
   * and the others a plan of all six in which the two are in and their partners are out.
   */
  @Test
  void namesNobodyWhoMaskedAmongOthers() throws Exception {
    Cohort shown = round.cohortOf(4);
    List<String> victims = sites.subList(0, 2);
    List<String> in = List.of(sites.get(0), sites.get(1), sites.get(4), sites.get(5));
    RoundPlan fair = record(round.cohort, in);
    RoundPlan trap = record(round.cohort, in);
    for (int i = 0; i < victims.size(); i++) {
      DeltaChunk masked = contribution(shown, victims.get(i));
      trap.getSigned().set(i, SignedContent.of(masked).toAvro());
      trap.getSignatures().set(i, masked.getSignature());
    }
    assertThat(plan(round.cohort, fair).flaw()).isEmpty();
    assertThat(plan(round.cohort, trap).flaw().orElseThrow())
        .contains(victims.get(0))
        .contains("has not signed that its delta is masked among cohort");

    // What it would cost if the others answered all the same.
    List<MaskMember> secrets = round.solve(new TreeSet<>(in), Set.copyOf(sites)).orElseThrow();
    MaskedSum laidBare =
        MaskedSum.of(
            shown.hash(), secrets.subList(0, 4), victims, shown.weightLimit(), round.terms);
    List<byte[]> payloads = new ArrayList<>();
    int[] plain = new int[40];
    FixedPoint scale = shown.scale(MaskingRound.RANGE);
    for (String victim : victims) {
      DeltaMask mask = DeltaMask.of(round.secrets(round.key(victim)), victim, shown);
      float[] delta = MaskingRound.delta(victim, 40);
      payloads.add(mask.payload(0, delta, 1));
      int[] encoded = scale.encode(delta, 1);
      for (int i = 0; i < plain.length; i++) {
        plain[i] += encoded[i];
      }
    }
    assertThat(MaskedSum.sum(0, payloads, laidBare.sums().get(0))).isEqualTo(plain);
  }

  @Test
  void isOfTheRoundOfItsCohort() throws Exception {
    RoundPlan good = record(round.cohort, sites);
    assertThat(plan(round.cohort, good).flaw()).isEmpty();
    for (RoundPlan bad :
        List.of(
            RoundPlan.newBuilder(good).setContract("other").build(),
            RoundPlan.newBuilder(good).setTermsHash(Hash.ZERO.toAvro()).build(),
            RoundPlan.newBuilder(good).setRound(8).build(),
            RoundPlan.newBuilder(good).setBaseHash(Hash.ZERO.toAvro()).build(),
            RoundPlan.newBuilder(good).setSignatures(List.of()).build(),
            record(round.cohort, sites.subList(0, 3)))) {
      assertThat(plan(round.cohort, bad).flaw()).as("%s", bad).isPresent();
    }
    assertThat(plan(round.cohortOf(5), good).flaw()).isPresent();
  }

  private static MaskAgreement agreement(MaskedPlan plan, List<ByteBuffer> signatures) {
    return new MaskAgreement(
        "masks",
        Hash.ZERO.toAvro(),
        plan.cohort().round(),
        plan.cohort().hash().toAvro(),
        plan.hash().toAvro(),
        signatures);
  }

  private MaskedPlan plan(Cohort cohort, List<String> in) throws MalformedRecordException {
    return plan(cohort, record(cohort, in));
  }

  private MaskedPlan plan(Cohort cohort, RoundPlan record) throws MalformedRecordException {
    return MaskedPlan.of(round.terms, cohort, WireFormat.ROUND_PLAN.encode(record));
  }

  /** A plan with the contributions of some sites, each masked among the cohort. */
  private RoundPlan record(Cohort cohort, List<String> in) {
    List<Participant> participants = new ArrayList<>();
    RoundPlan.Builder plan =
        RoundPlan.newBuilder()
            .setContract(round.terms.contract())
            .setTermsHash(round.terms.hash().toAvro())
            .setRound(cohort.round())
            .setBaseHash(cohort.baseHash().toAvro())
            .setFence(1)
            .setSigned(new ArrayList<>())
            .setArrivedAtMs(List.of())
            .setLeftOut(List.of())
            .setClosedBy("all-live")
            .setOpenedAtMs(1)
            .setClosedAtMs(2)
            .setSignatures(new ArrayList<>());
    for (String site : in) {
      DeltaChunk chunk = contribution(cohort, site);
      participants.add(new Participant(site, site, chunk.getMerkleRoot(), chunk.getHeader()));
      plan.getSigned().add(SignedContent.of(chunk).toAvro());
      plan.getSignatures().add(chunk.getSignature());
    }
    return plan.setParticipants(participants).build();
  }

  private DeltaChunk contribution(Cohort cohort, String site) {
    SiteKey key = round.key(site);
    return Contribution.sign(
            key,
            round.terms,
            cohort.round(),
            cohort.baseHash(),
            FlatVector.of(MaskingRound.delta(site, VALUES)),
            new ContributionHeader(1, 10L, 0.5, Double.NaN, 1.0, 2.0, "training"),
            Long.MAX_VALUE,
            DeltaMask.of(round.secrets(key), site, cohort))
        .chunk(0);
  }
}

package io.swarmstream.schemas.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.schemas.avro.MaskCohort;
import io.swarmstream.schemas.avro.MaskMember;
import io.swarmstream.schemas.avro.MaskOffer;
import io.swarmstream.schemas.avro.MaskRoster;
import io.swarmstream.schemas.avro.Unmask;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.signing.SiteKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedSumTest {
  private static final int WEIGHT = 3;
  private static final int LENGTH = 40_000;

  /** Sites drop out after the offer of others, after their own offer, and after the plan. */
  @ParameterizedTest
  @CsvSource({"4,4,4,4", "4,4,3,3", "6,5,4,4", "6,6,5,4", "10,9,8,7", "3,3,3,2"})
  void isThatOfThePlainIntegers(int sites, int members, int participants, int answering) {
    MaskingRound round = new MaskingRound(sites, members);
    Set<String> in = round.first(participants);
    FixedPoint scale = round.cohort.scale(MaskingRound.RANGE);
    int[] plain = new int[LENGTH];
    List<byte[]> payloads = new ArrayList<>();
    for (String site : in) {
      payloads.add(round.payload(site, 2, MaskingRound.delta(site, LENGTH), WEIGHT));
      int[] encoded = scale.encode(MaskingRound.delta(site, LENGTH), WEIGHT);
      for (int i = 0; i < LENGTH; i++) {
        plain[i] += encoded[i];
      }
    }

    List<MaskMember> members1 = round.solve(in, round.first(answering)).orElseThrow();
    MaskedSum sum = round.sum(members1, in);

    assertThat(MaskedSum.sum(2, payloads, sum.sums().get(0))).isEqualTo(plain);
    int[] weights = new int[participants];
    Arrays.fill(weights, WEIGHT);
    float[] mean = sum.means(2, payloads, weights)[0];
    assertThat(sum.weights(weights)).containsExactly(1);
    assertThat(mean).isEqualTo(scale.mean(plain, (long) WEIGHT * participants));
    for (int i = 0; i < 100; i++) {
      double exact = 0;
      for (String site : in) {
        exact += MaskingRound.delta(site, LENGTH)[i];
      }
      assertThat((double) mean[i]).isCloseTo(exact / participants, within(1e-6));
    }
  }

  @ParameterizedTest
  @CsvSource({"4,2", "6,3", "10,6"})
  void revealsNothingBelowTheThreshold(int sites, int answering) {
    MaskingRound round = new MaskingRound(sites, sites);
    Set<String> in = round.first(sites);

    assertThat(round.solve(in, round.first(answering))).isEmpty();
    assertThat(round.solve(in, round.first(answering + 1))).isPresent();
  }

  /** Answers to two plans, which a lying coordinator might get from different sites. */
  @Test
  void hasNoSharesThatAnswersToAnotherPlanMend() {
    MaskingRound round = new MaskingRound(6, 6);
    Set<String> all = round.first(6);
    Set<String> others = round.first(5);
    List<Unmask> answers = new ArrayList<>();
    round.first(3).forEach(site -> answers.add(round.answer(site, all)));
    round.cohort.members().subList(3, 6).forEach(site -> answers.add(round.answer(site, others)));

    assertThat(new Unmasking(round.cohort, all).solve(answers)).isEmpty();
    assertThat(new Unmasking(round.cohort, others).solve(answers)).isEmpty();
  }

  @Test
  void findsAndNamesWrongShares() {
    MaskingRound round = new MaskingRound(4, 4);
    Set<String> in = round.first(3);
    String liar = round.cohort.members().get(0);
    Unmask honest = round.answer(liar, in);
    Unmask wrong =
        Unmask.newBuilder(honest)
            .setShares(
                List.of(
                    honest.getShares().get(0),
                    Hash.sha256(new byte[] {1}).toAvro(),
                    honest.getShares().get(2),
                    honest.getShares().get(3)))
            .build();
    Unmasking unmasking = new Unmasking(round.cohort, in);
    List<Unmask> answers = new ArrayList<>(List.of(wrong));
    answers.add(round.answer(round.cohort.members().get(1), in));
    answers.add(round.answer(round.cohort.members().get(2), in));

    assertThat(unmasking.wrong(wrong)).containsExactly(round.cohort.members().get(1));
    assertThat(unmasking.wrong(honest)).isEmpty();
    assertThat(unmasking.solve(answers)).isEmpty();
    answers.add(round.answer(round.cohort.members().get(3), in));
    assertThat(unmasking.solve(answers)).isPresent();
  }

  @Test
  void saysNothingOfShareThatAnotherSiteSpoilt() {
    MaskingRound round = new MaskingRound(4, 4);
    MaskCohort record = round.cohort.record();
    MaskOffer bad = MaskOffer.newBuilder(record.getOffers().get(1)).build();
    ByteBuffer sealed = bad.getShares().get(0).getSealed();
    sealed.put(5, (byte) (sealed.get(5) ^ 1));
    List<MaskOffer> offers = new ArrayList<>(record.getOffers());
    offers.set(1, bad);
    Cohort spoilt = Cohort.of(MaskCohort.newBuilder(record).setOffers(offers).build());
    SiteKey first = round.key(round.cohort.members().get(0));
    Unmasking unmasking = new Unmasking(spoilt, round.first(4));

    Unmask answer = unmasking.answer(first, round.secrets(first), MaskingRound.PLAN);

    assertThat(Hash.of(answer.getShares().get(1))).isEqualTo(Hash.ZERO);
    assertThat(unmasking.wrong(answer)).containsExactly(round.cohort.members().get(1));
    assertThat(spoilt.flaw(round.terms))
        .hasValueSatisfying(flaw -> assertThat(flaw).contains("signature"));
  }

  /** Its shares are what it committed itself to, but they are not of what it offered. */
  @Test
  void namesASiteThatDealtAnotherSecret() {
    MaskingRound round = new MaskingRound(4, 4);
    MaskCohort record = round.cohort.record();
    List<MaskOffer> offers = new ArrayList<>(record.getOffers());
    offers.set(
        1,
        MaskOffer.newBuilder(offers.get(1))
            .setCommitment(Hash.sha256(new byte[] {1}).toAvro())
            .build());
    Cohort cohort = Cohort.of(MaskCohort.newBuilder(record).setOffers(offers).build());
    Unmasking unmasking = new Unmasking(cohort, round.first(4));
    List<Unmask> answers = new ArrayList<>();
    for (SiteKey key : round.keys.values()) {
      answers.add(unmasking.answer(key, round.secrets(key), MaskingRound.PLAN));
    }

    assertThat(unmasking.solve(answers)).isEmpty();
    assertThat(answers).allSatisfy(answer -> assertThat(unmasking.wrong(answer)).isEmpty());
    assertThat(unmasking.misdealt(answers)).containsExactly(cohort.members().get(1));
    assertThat(unmasking.misdealt(answers.subList(0, 2))).isEmpty(); // too few to tell
  }

  /**
   * The offer, the cohort and the masks are the same after a restart, and others in another round.
   */
  @Test
  void followsFromTheSitesKey() {
    MaskingRound round = new MaskingRound(4, 4);
    SiteKey key = round.keys.values().iterator().next();

    assertThat(round.offer(key, 7)).isEqualTo(round.offer(SiteKey.ofHex(key.privateKeyHex()), 7));
    assertThat(round.offer(key, 7).getMaskKey()).isNotEqualTo(round.offer(key, 8).getMaskKey());
    assertThat(round.cohort.flaw(round.terms)).isEmpty();
  }

  @Test
  void takesNoPlanOfTooFew() {
    MaskingRound round = new MaskingRound(6, 6);

    assertThat(new Unmasking(round.cohort, round.first(4)).flaw(round.terms)).isEmpty();
    assertThat(new Unmasking(round.cohort, round.first(3)).flaw(round.terms))
        .hasValueSatisfying(flaw -> assertThat(flaw).contains("3 sites", "at least 4"));
    MaskingRound ofFive = new MaskingRound(6, 6, 5, "masked(range=2)");
    assertThat(new Unmasking(ofFive.cohort, ofFive.first(4)).flaw(ofFive.terms)).isPresent();
    Set<String> strangers = Set.of("0xsomebody", "0xelse", "0xand", "0xmore");
    assertThat(new Unmasking(round.cohort, strangers).flaw(round.terms)).isPresent();
  }

  /** A coordinator that puts its own key in a site's place would read the shares for that site. */
  @Test
  void takesNoRosterWithKeysThatSitesHaveNotAnnounced() {
    MaskingRound round = new MaskingRound(4, 4);
    List<MaskOffer> honest =
        round.keys.values().stream()
            .map(key -> MaskOffers.announce(key, round.secrets(key)))
            .toList();
    SiteKey liar = SiteKey.ofSeed(999);
    List<MaskOffer> forged = new ArrayList<>(honest);
    forged.set(
        1,
        MaskOffer.newBuilder(honest.get(1))
            .setShareKey(MaskOffers.announce(liar, round.secrets(liar)).getShareKey())
            .build());

    assertThat(Roster.flaw(round.terms, roster(round, honest))).isEmpty();
    assertThat(Roster.flaw(round.terms, roster(round, forged)))
        .hasValueSatisfying(
            flaw -> assertThat(flaw).contains("the key of " + honest.get(1).getSite()));
    assertThat(Roster.flaw(round.terms, roster(round, honest.subList(0, 2)))).isPresent();
    assertThat(
            Roster.flaw(
                round.terms, roster(round, List.of(honest.get(0), honest.get(1), honest.get(1)))))
        .isPresent();
    assertThat(Roster.of(round.terms, forged).hash()).isNotEqualTo(round.roster.hash());
  }

  private static MaskRoster roster(MaskingRound round, List<MaskOffer> sites) {
    return MaskRoster.newBuilder()
        .setContract(round.terms.contract())
        .setTermsHash(round.terms.hash().toAvro())
        .setFence(1)
        .setSites(sites)
        .build();
  }

  @Test
  void takesNoCohortThatWasAltered() {
    MaskingRound round = new MaskingRound(6, 6);
    MaskCohort record = round.cohort.record();
    List<MaskOffer> offers = record.getOffers();

    assertThat(flaw(round, MaskCohort.newBuilder(record).setOffers(offers.subList(0, 3))))
        .contains("3 members, it takes 4");
    assertThat(flaw(round, MaskCohort.newBuilder(record).setRound(8))).contains("another round");
    assertThat(flaw(round, MaskCohort.newBuilder(record).setWeightLimit(0)))
        .contains("weightLimit");
    List<MaskOffer> twice = new ArrayList<>(offers);
    twice.set(1, offers.get(0));
    assertThat(flaw(round, MaskCohort.newBuilder(record).setOffers(twice))).contains("each once");
  }

  /** A coordinator that sets it high would make steps so coarse that noise is rounded away. */
  @Test
  void takesNoStepsThatAreCoarserThanTheNoiseNeeds() {
    MaskingRound round = new MaskingRound(4, 4, 3, "dp(clip=1,noise=1)+masked(range=6)");
    MaskCohort record = round.cohort.record();

    assertThat(flaw(round, MaskCohort.newBuilder(record).setWeightLimit(5)))
        .contains("its weightLimit is 5, and its 4 members weigh 1 each");
    assertThat(flaw(round, MaskCohort.newBuilder(record).setWeightLimit(4))).isEqualTo("none");
  }

  private static String flaw(MaskingRound round, MaskCohort.Builder changed) {
    return Cohort.of(changed.build()).flaw(round.terms).orElse("none");
  }

  /**
   * A payload looks like random bytes: chi square of the 256 byte values, with 255 degrees of
   * freedom, is below 400 (6.4 standard deviations), for a delta that is all zero.
   */
  @Test
  void looksRandom() {
    MaskingRound round = new MaskingRound(4, 4);
    byte[] payload = round.payload(round.cohort.members().get(2), 0, new float[LENGTH], WEIGHT);
    int[] counts = new int[256];
    for (byte each : payload) {
      counts[each & 0xff]++;
    }
    double expected = payload.length / 256.0;
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    assertThat(chiSquare).isLessThan(400);
  }

  /** Without the secret of any one member that is in, nothing is left of the others' deltas. */
  @Test
  void correlatesWithNoDelta() {
    MaskingRound round = new MaskingRound(4, 4);
    Set<String> in = round.first(4);
    List<MaskMember> members = round.solve(in, in).orElseThrow();
    String site = round.cohort.members().get(1);
    byte[] payload = round.payload(site, 0, MaskingRound.delta(site, LENGTH), WEIGHT);
    // All that is public once the round is over: the payload without the site's own mask.
    MaskedSum.GroupSum all = round.sum(members, in).sums().get(0);
    MaskedSum.GroupSum alone = new MaskedSum.GroupSum(List.of(0), all.added(), all.subtracted());
    MaskedSum.GroupSum own =
        new MaskedSum.GroupSum(List.of(0), List.of(all.added().get(1)), List.of());

    assertThat(
            correlation(MaskingRound.delta(site, LENGTH), MaskedSum.sum(0, List.of(payload), own)))
        .isBetween(-0.03, 0.03);
    assertThat(
            correlation(
                MaskingRound.delta(site, LENGTH), MaskedSum.sum(0, List.of(payload), alone)))
        .isBetween(-0.03, 0.03);
    // The test bites: the plain integers correlate.
    int[] plain =
        round.cohort.scale(MaskingRound.RANGE).encode(MaskingRound.delta(site, LENGTH), WEIGHT);
    assertThat(correlation(MaskingRound.delta(site, LENGTH), plain)).isGreaterThan(0.99);
  }

  @Test
  void givesUnrelatedPayloadsForTheSameDelta() {
    MaskingRound round = new MaskingRound(4, 4);
    float[] delta = MaskingRound.delta("any", LENGTH);
    List<String> sites = round.cohort.members();
    byte[] first = round.payload(sites.get(0), 0, delta, WEIGHT);
    byte[] second = round.payload(sites.get(1), 0, delta, WEIGHT);
    int same = 0;
    for (int i = 0; i < first.length; i++) {
      same += first[i] == second[i] ? 1 : 0;
    }
    // 1 of 256, give or take six standard deviations.
    assertThat(same).isBetween(475, 775);
  }

  private static double correlation(float[] delta, int[] values) {
    double product = 0;
    double squares = 0;
    double others = 0;
    for (int i = 0; i < delta.length; i++) {
      product += delta[i] * (double) values[i];
      squares += delta[i] * (double) delta[i];
      others += (double) values[i] * values[i];
    }
    return product / Math.sqrt(squares * others);
  }

  @Test
  void knowsWhoIsIn() {
    MaskingRound round = new MaskingRound(4, 3);

    assertThat(round.cohort.has(round.cohort.members().get(0))).isTrue();
    assertThat(new HashSet<>(round.roster.sites())).hasSize(4);
  }
}

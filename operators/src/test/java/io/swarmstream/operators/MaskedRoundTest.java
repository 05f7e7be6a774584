package io.swarmstream.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.operators.rig.MaskedSites;
import io.swarmstream.operators.rig.SwarmRig;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.avro.MaskAgreement;
import io.swarmstream.schemas.avro.MaskCohort;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.masking.MaskedSum;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.TestContract;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedRoundTest {
  private static final int GRACE_MS = 1_000;
  private static final int[] ALL = {0, 1, 2, 3};

  private static final TestContract CONTRACT =
      TestContract.of("c", "mean", 4, 3, GRACE_MS).withPrivacy("masked(range=2)");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void mergesTheSum(long seed) throws Exception {
    try (SwarmRig rig = begun(seed)) {
      MaskedSites sites = new MaskedSites(rig, CONTRACT);
      for (int round = 0; round < 3; round++) {
        play(rig, sites, round, ALL, ALL, ALL);
        assertThat(rig.records(CONTRACT)).hasSize(round + 1);
        assertMerged(rig, sites, round, ALL);
      }
      assertThat(rig.rejections()).isEmpty();
      assertNothingLeft(rig);
    }
  }

  /** A site drops out before its offer, after it, and after its contribution. */
  @ParameterizedTest
  @CsvSource({"012,012,012", "012,012,013", "0123,123,123", "0123,0123,012"})
  void goesOnWithoutASite(String offering, String contributing, String answering) throws Exception {
    try (SwarmRig rig = begun(1)) {
      MaskedSites sites = new MaskedSites(rig, CONTRACT);
      int[] in = numbers(contributing);
      play(rig, sites, 0, numbers(offering), in, numbers(answering));

      assertMerged(rig, sites, 0, in);
      // The next round, too, and with all of them if the one that was missing joins again.
      for (int site : ALL) {
        rig.say(CONTRACT, site, "joined", 1);
      }
      rig.settle();
      play(rig, sites, 1, ALL, ALL, ALL);
      assertMerged(rig, sites, 1, ALL);
      assertNothingLeft(rig);
    }
  }

  @Test
  void revealsNothingBelowTheThreshold() throws Exception {
    try (SwarmRig rig = begun(1)) {
      MaskedSites sites = new MaskedSites(rig, CONTRACT);
      play(rig, sites, 0, ALL, ALL, new int[] {0, 3});
      rig.advance(100_000);
      assertThat(rig.records(CONTRACT)).isEmpty();
      assertThat(rig.model(CONTRACT)).isEmpty();

      sites.reply(0, 1);
      rig.settle();
      assertMerged(rig, sites, 0, ALL);
    }
  }

  /** Two of four could be all that a lying coordinator shows this plan. */
  @Test
  void agreesOnAPlanThatEnoughSitesHaveRead() throws Exception {
    try (SwarmRig rig = begun(1)) {
      MaskedSites sites = new MaskedSites(rig, CONTRACT);
      play(rig, sites, 0, ALL, ALL, new int[0]);
      sites.confirm(0, 0, 3, 3);
      rig.settle();
      rig.advance(100_000);
      assertThat(sites.agreement(0)).isEmpty();

      sites.confirm(0, 2);
      rig.settle();
      MaskAgreement agreement = sites.agreement(0).orElseThrow();
      assertThat(agreement.getSignatures()).hasSize(3);
      assertThat(sites.maskedPlan(0).isAgreed(agreement)).isTrue();
    }
  }

  @Test
  void waitsForAsManyAsHideOneAnother() throws Exception {
    try (SwarmRig rig = begun(1)) {
      MaskedSites sites = new MaskedSites(rig, CONTRACT);
      sites.offer(0, 0, 1);
      rig.settle();
      rig.advance(10 * GRACE_MS);
      assertThat(sites.cohort(0)).isEmpty();
      sites.offer(0, 2, 3);
      rig.settle();
      sites.contribute(0, 0, 1);
      rig.settle();
      rig.advance(10 * GRACE_MS);
      assertThat(sites.plan(0)).isEmpty();

      sites.contribute(0, 3);
      rig.settle();
      rig.advance(GRACE_MS);
      assertThat(sites.plan(0)).isPresent();
    }
  }

  /** The job crashes after each step, with all or some of what the step has brought about read. */
  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "2,1", "3,1", "4,1", "0,2", "1,2", "2,2", "3,2", "4,2"})
  void survivesACrash(int step, long seed) throws Exception {
    try (SwarmRig rig = begun(seed)) {
      MaskedSites sites = new MaskedSites(rig, CONTRACT);
      play(rig, sites, 0, ALL, ALL, ALL);
      rig.graph().startCheckpoint();
      rig.settle();
      for (int round = 1; round < 3; round++) {
        sites.offer(round, ALL);
        crashAfter(rig, step == 0);
        sites.contribute(round, ALL);
        crashAfter(rig, step == 1);
        sites.confirm(round, 0, 2, 3);
        crashAfter(rig, step == 2);
        assertThat(sites.maskedPlan(round).isAgreed(sites.agreement(round).orElseThrow())).isTrue();
        sites.answer(round, 0, 2, 3);
        crashAfter(rig, step == 3);
        assertMerged(rig, sites, round, ALL);
        crashAfter(rig, step == 4);
      }
      assertThat(rig.graph().refusedAnchors()).isEmpty();
      assertThat(rig.records(CONTRACT).stream().distinct()).hasSize(3);
      assertThat(rig.rejections()).isEmpty();
    }
  }

  private static void crashAfter(SwarmRig rig, boolean crashes) throws Exception {
    rig.settle();
    if (crashes) {
      rig.graph().crash(2);
      rig.settle();
    }
  }

  @Test
  void takesNoContributionThatIsMaskedAmongOthers() throws Exception {
    try (SwarmRig rig = begun(1)) {
      MaskedSites sites = new MaskedSites(rig, CONTRACT);
      play(rig, sites, 0, ALL, ALL, ALL);
      var earlier = sites.cohort(0).orElseThrow();
      sites.offer(1, ALL);
      rig.settle();
      sites.contribute(1, earlier, 0);
      rig.settle();

      assertThat(rig.rejections())
          .isNotEmpty()
          .allSatisfy(told -> assertThat(told.getField()).isEqualTo("cohort"));
    }
  }

  @ParameterizedTest
  @CsvSource({"0,TRAINING", "1,ACTIVE", "1,INACTIVE"})
  void takesNoContributionThatEverybodyKnows(int weight, CheckIn checkIn) throws Exception {
    try (SwarmRig rig = begun(1)) {
      MaskedSites sites = new MaskedSites(rig, CONTRACT);
      sites.offer(0, ALL);
      rig.settle();
      sites.contribute(0, sites.cohort(0).orElseThrow(), 1, weight, checkIn);
      rig.settle();
      assertThat(rig.rejections())
          .isNotEmpty()
          .allSatisfy(told -> assertThat(told.getField()).isEqualTo("header.checkIn"))
          .allSatisfy(told -> assertThat(told.getMessage()).contains("hides no other"));
    }
  }

  /** Compaction may drop the earlier of two records of one key. */
  @Test
  void keepsTheRosterOfACohortWhenTheNextOneIsWritten() throws Exception {
    try (SwarmRig rig = new SwarmRig(1, CONTRACT)) {
      MaskedSites sites = new MaskedSites(rig, CONTRACT);
      rig.graph().startCheckpoint();
      rig.settle();
      sites.announce(0, 1, 2);
      rig.settle();
      sites.announce(3);
      rig.settle();
      assertThat(rig.graph().rounds.stream().map(OutboundRecord::key))
          .filteredOn(key -> key.startsWith("mask-roster-"))
          .hasSizeGreaterThan(1)
          .doesNotHaveDuplicates();
    }
  }

  /** A coordinator that lives on after its job was failed over decides about nobody. */
  @Test
  void passesOverTheCohortOfAZombie() throws Exception {
    try (SwarmRig rig = begun(1)) {
      MaskedSites sites = new MaskedSites(rig, CONTRACT);
      play(rig, sites, 0, ALL, ALL, ALL);
      MaskCohort first = sites.cohort(0).orElseThrow().record();
      rig.graph().startCheckpoint();
      rig.settle();
      rig.graph().crash(1);
      rig.advance(6_000); // with the next notice the fence of the new attempt is in force
      byte[] late =
          WireFormat.MASK_COHORT.encode(
              MaskCohort.newBuilder(first)
                  .setRound(1)
                  .setBaseHash(rig.base(CONTRACT).toAvro())
                  .build());
      rig.graph().roundRecord(new InboundRecord(Topic.ROUNDS.of("c"), 0, 1_000, 0, late));
      rig.settle();
      play(rig, sites, 1, ALL, ALL, ALL);

      assertMerged(rig, sites, 1, ALL);
      assertThat(sites.cohort(1).orElseThrow().record().getFence()).isGreaterThan(first.getFence());
      assertNothingLeft(rig);
    }
  }

  /** Whoever leaves the contract after the plan cannot take the round with him. */
  @Test
  void finishesWithoutASiteThatWasRemoved() throws Exception {
    try (SwarmRig rig = begun(1)) {
      MaskedSites sites = new MaskedSites(rig, CONTRACT);
      sites.offer(0, ALL);
      rig.settle();
      sites.contribute(0, ALL);
      rig.settle();
      rig.graph()
          .contractEvents(
              List.of(ContractEvent.removed(1_000, 0, "c", CONTRACT.site(2).address())));
      rig.settle();
      sites.reply(0, 0, 1, 3);
      rig.settle();

      assertMerged(rig, sites, 0, ALL);
    }
  }

  /** It holds shares, as all of the roster do, although it offered too late for the cohort. */
  @Test
  void takesTheAnswerOfARemovedSiteThatIsNotInTheCohort() throws Exception {
    try (SwarmRig rig = begun(1)) {
      MaskedSites sites = new MaskedSites(rig, CONTRACT);
      int[] in = {0, 1, 2};
      sites.offer(0, in);
      rig.settle();
      rig.advance(GRACE_MS);
      sites.contribute(0, in);
      rig.settle();
      rig.graph()
          .contractEvents(
              List.of(ContractEvent.removed(1_000, 0, "c", CONTRACT.site(3).address())));
      rig.settle();
      sites.reply(0, 0, 1, 3);
      rig.settle();

      assertMerged(rig, sites, 0, in);
    }
  }

  private static void play(
      SwarmRig rig,
      MaskedSites sites,
      long round,
      int[] offering,
      int[] contributing,
      int[] answering)
      throws Exception {
    sites.offer(round, offering);
    rig.settle();
    rig.advance(GRACE_MS);
    sites.contribute(round, contributing);
    rig.settle();
    rig.advance(GRACE_MS);
    sites.confirm(round, answering);
    rig.settle();
    assertThat(sites.maskedPlan(round).flaw()).isEmpty();
    sites.answer(round, answering);
    rig.settle();
  }

  private static void assertMerged(SwarmRig rig, MaskedSites sites, long round, int[] in)
      throws Exception {
    RoundRecord record = record(rig, each -> each.getRound() == round);
    assertThat(record.getParticipants()).extracting(Participant::getSite).hasSize(in.length);
    assertThat(record.getMaskMembers()).isNotEmpty();
    assertThat(MaskedSum.flaw(record, CONTRACT.terms())).isEmpty();
    assertThat(record.getCosines()).isEmpty();
    float[] model = rig.model(CONTRACT).orElseThrow();
    double[] expected = new double[model.length];
    for (long each = 0; each <= round; each++) {
      long of = each;
      List<String> participants =
          record(rig, one -> one.getRound() == of).getParticipants().stream()
              .map(Participant::getSite)
              .toList();
      double weights = 0;
      double[] sum = new double[model.length];
      for (int site : ALL) {
        if (participants.contains(CONTRACT.site(site).address())) {
          weights += site + 1;
          float[] delta = sites.delta(site, each);
          for (int i = 0; i < sum.length; i++) {
            sum[i] += (site + 1.0) * delta[i];
          }
        }
      }
      for (int i = 0; i < sum.length; i++) {
        expected[i] += sum[i] / weights;
      }
    }
    for (int i = 0; i < model.length; i++) {
      assertThat((double) model[i]).isCloseTo(expected[i], within(2e-6));
    }
  }

  private static RoundRecord record(SwarmRig rig, Predicate<RoundRecord> which) throws Exception {
    return rig.records(CONTRACT).stream().filter(which).findFirst().orElseThrow();
  }

  private static void assertNothingLeft(SwarmRig rig) throws Exception {
    var states = rig.graph().keyedStates().get("coordinate");
    assertThat(states).isNotNull();
    for (String name :
        List.of("mask-offers", "mask-confirmations", "unmasks", "mask-cohorts", "early-receipts")) {
      assertThat(states.getOrDefault(name, List.of())).as(name).isEmpty();
    }
  }

  private static int[] numbers(String digits) {
    return digits.chars().map(digit -> digit - '0').toArray();
  }

  /** All have announced their keys, and a checkpoint has the contract. */
  private static SwarmRig begun(long seed) throws Exception {
    SwarmRig rig = new SwarmRig(seed, CONTRACT);
    rig.graph().startCheckpoint();
    rig.settle();
    new MaskedSites(rig, CONTRACT).announce(ALL);
    rig.settle();
    return rig;
  }
}

package io.swarmstream.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.operators.rig.SwarmRig;
import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.schemas.rounds.ClippedDelta;
import io.swarmstream.testkit.TestContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One site that asks for nearly all of the weight and sends values of 1e30, through the graph. */
class LimitedRoundTest {
  private static final int ENORMOUS = 1_000_000_000;
  private static final float FAR = 1e30f;

  /** Of the honest sites, which send constants; the distance of two of them is the diameter. */
  private static final float[] HONEST = {1, 2, 1.5f, 1.25f, 1.75f, 1.125f};

  @ParameterizedTest
  @CsvSource({
    "coordmedian, 3",
    "geomedian, 3",
    "trimmedmean:1, 3",
    "nnm+coordmedian:1, 3",
    "nnm+geomedian:1, 3",
    "nnm+trimmedmean:1, 3",
    "multikrum:1, 5",
    "nnm+multikrum:1, 5",
    "bulyan:1, 7",
    "nnm+bulyan:1, 7",
    "coordmedian, 5",
    "geomedian, 5",
  })
  void aRobustMethodStaysAmongTheHonestWhateverOneAsksFor(String method, int sites)
      throws Exception {
    for (int attacker = 0; attacker < sites; attacker++) {
      float far = attacker % 2 == 0 ? FAR : -Float.MAX_VALUE;
      TestContract contract = contract(method, sites, "share=1/2");
      try (SwarmRig rig = new SwarmRig(1, 2, contract)) {
        // In round 0 as well, where it is the model itself.
        for (long round = 0; round < 2; round++) {
          float[] before = rig.model(contract).orElse(contract.constant(0));
          attack(rig, contract, attacker, round, ENORMOUS, far);
          float[] after = rig.model(contract).orElseThrow();
          for (int i = 0; i < after.length; i++) {
            // The hull of the honest.
            assertThat(after[i] - before[i])
                .as("%s, attacker %d, round %d", method, attacker, round)
                .isBetween(1 - 1e-5f, 2 + 1e-5f);
          }
        }
      }
    }
  }

  /** What the limit is there for: without it the same is lost. */
  @ParameterizedTest
  @ValueSource(strings = {"coordmedian", "geomedian"})
  void withoutALimitTheWeightDecides(String method) throws Exception {
    TestContract contract = contract(method, 3, "");
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      attack(rig, contract, 0, 0, ENORMOUS, FAR);

      assertThat(rig.model(contract).orElseThrow()[0]).isEqualTo(FAR);
    }
  }

  @Test
  void twoSitesCountAsTheyAsk() throws Exception {
    TestContract contract = contract("coordmedian", 2, "share=1/2");
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      attack(rig, contract, 0, 0, 3, 7);

      assertThat(rig.model(contract).orElseThrow()[0]).isEqualTo(7);
    }
  }

  @Test
  void theRecordHasTheWeightsThatSitesSignedAndTheLossOfThoseThatCount() throws Exception {
    TestContract contract = contract("coordmedian", 3, "share=1/2");
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      RoundRecord record = attack(rig, contract, 1, 0, ENORMOUS, 1);

      assertThat(record.getParticipants().get(1).getHeader().getWeight()).isEqualTo(ENORMOUS);
      assertThat(record.getMeanLoss()).as("1e9 of the attacker, 0.5 of two").isLessThan(4e8);
      assertThat(record.getNormLimit()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mean",
        "nnm+mean:1",
        "coordmedian",
        "geomedian",
        "trimmedmean:1",
        "nnm+geomedian:1",
      })
  void aNormLimitBoundsWhatOneCanDo(String method) throws Exception {
    TestContract contract = contract(method, 3, "norm=median*2").adaptive(64);
    try (SwarmRig rig = new SwarmRig(1, 2, contract)) {
      double length = Math.sqrt(10);
      for (long round = 0; round < 3; round++) {
        float[] before = rig.model(contract).orElse(contract.constant(0));
        RoundRecord record = attack(rig, contract, 2, round, 1, FAR);
        float[] after = rig.model(contract).orElseThrow();
        for (int i = 0; i < after.length; i++) {
          // 1, 2 and what is left of 1e30: 4, twice the median.
          assertThat(after[i] - before[i]).isBetween(1 - 1e-5f, 4 + 1e-5f);
        }
        assertThat(record.getNormLimit()).isCloseTo(4 * length, within(1e-5));
        assertThat(ClippedDelta.in(record))
            .singleElement()
            .satisfies(
                clipped -> {
                  assertThat(clipped.name()).isEqualTo(contract.site(2).name());
                  assertThat(clipped.norm()).isCloseTo(1e30 * length, within(1e24));
                  assertThat(clipped.factor()).isCloseTo(4e-30, within(1e-35));
                });
        assertThat(record.getDrift()).isLessThan(10);
      }
    }
  }

  @Test
  void theMeanIsThatOfWhatIsLeft() throws Exception {
    TestContract contract = contract("mean", 3, "norm=median*2");
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      attack(rig, contract, 0, 0, 1, -FAR);

      assertThat(rig.model(contract).orElseThrow()[9]).isCloseTo((1 + 2 - 4) / 3f, within(1e-6f));
    }
  }

  /** Whoever keeps to the limit has the bits that he had without one. */
  @ParameterizedTest
  @ValueSource(strings = {"mean", "coordmedian", "geomedian", "nnm+geomedian:1", "trimmedmean:1"})
  void aLimitThatNobodyExceedsChangesNothing(String method) throws Exception {
    TestContract without = contract(method, 3, "");
    TestContract with = contract(method, 3, "norm=median*3");
    try (SwarmRig one = new SwarmRig(1, without);
        SwarmRig other = new SwarmRig(2, 4, with)) {
      for (long round = 0; round < 3; round++) {
        for (int site = 0; site < 3; site++) {
          float[] delta = without.constant(0);
          for (int i = 0; i < delta.length; i++) {
            delta[i] = (float) Math.sin(i * 7 + site * 3 + (double) round);
          }
          one.send(without.contribution(site, round, one.base(without), delta));
          other.send(with.contribution(site, round, other.base(with), delta));
        }
        one.settle();
        other.settle();
        assertThat(other.model(with)).hasValueSatisfying(model -> assertThat(model).hasSize(10));
        assertThat(other.model(with).orElseThrow())
            .containsExactly(one.model(without).orElseThrow());
        assertThat(other.newestRecord(with).orElseThrow().getNorms()).hasSize(3);
      }
    }
  }

  @Test
  void anAbsoluteLimitHoldsFromTheFirstDeltaOn() throws Exception {
    TestContract contract = contract("mean", 2, "norm=3");
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      RoundRecord models = attack(rig, contract, 0, 0, 1, 500);
      float initial = rig.model(contract).orElseThrow()[0];
      RoundRecord deltas = attack(rig, contract, 0, 1, 1, FAR);

      assertThat(models.getNormLimit()).as("of whole models nobody asks").isZero();
      assertThat(initial).isEqualTo(250.5f);
      assertThat(deltas.getNormLimit()).isEqualTo(3);
      assertThat(ClippedDelta.in(deltas)).hasSize(2);
      assertThat(rig.model(contract).orElseThrow()[0] - initial)
          .isCloseTo((float) (3 / Math.sqrt(10)), within(1e-4f));
    }
  }

  @Test
  void whoDoesNotCountIsNeitherScaledNorAsked() throws Exception {
    TestContract contract = contract("mean", 4, "norm=median*2");
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      RoundRecord record = attack(rig, contract, 0, 0, 0, FAR);

      assertThat(ClippedDelta.in(record)).isEmpty();
      assertThat(record.getNormLimit()).isCloseTo(3 * Math.sqrt(10), within(1e-6));
      assertThat(rig.model(contract).orElseThrow()[0]).isEqualTo(1.5f);
    }
  }

  /** Sites that have nothing new do not forbid others to go on. */
  @Test
  void deltasOfLengthZeroSayNothingOfWhatIsUsual() throws Exception {
    TestContract contract = contract("mean", 3, "norm=median*2");
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      for (int site = 0; site < 3; site++) {
        rig.send(
            contract.contribution(
                site, 0, rig.base(contract), contract.constant(site == 2 ? 1 : 0)));
      }
      rig.settle();
      RoundRecord record = rig.newestRecord(contract).orElseThrow();

      assertThat(rig.model(contract).orElseThrow()[0]).isEqualTo(1 / 3f);
      assertThat(record.getNormLimit()).isZero();
      assertThat(record.getNorms()).containsExactly(0.0, 0.0, Math.sqrt(10));
    }
  }

  @Test
  void aRoundGoesOnAfterACrashWhileItWaitsForItsLengths() throws Exception {
    TestContract contract = contract("mean", 3, "share=1/2;norm=median*2");
    for (int steps = 0; steps < 120; steps += 7) {
      try (SwarmRig rig = new SwarmRig(steps, contract)) {
        for (int site = 0; site < 3; site++) {
          rig.send(
              contract.contribution(
                  site, 0, rig.base(contract), contract.constant(site == 2 ? FAR : 1)));
        }
        for (int i = 0; i < steps && rig.graph().step(); i++) {}
        rig.checkpointAndCrash(4);
        rig.settle();

        assertThat(rig.model(contract).orElseThrow()[0]).isCloseTo(4 / 3f, within(1e-6f));
        // Perhaps written twice: before the fence and behind it.
        assertThat(rig.records(contract).stream().distinct()).hasSize(1);
      }
    }
  }

  private static TestContract contract(String method, int sites, String limits) {
    return TestContract.of("c", method, sites, sites, 30_000)
        .limited(limits)
        .enrolledUpTo(ENORMOUS);
  }

  /** One round: all honest but one. */
  private static RoundRecord attack(
      SwarmRig rig, TestContract contract, int attacker, long round, int weight, float value)
      throws Exception {
    int honest = 0;
    for (int site = 0; site < contract.sites().size(); site++) {
      float[] delta = contract.constant(site == attacker ? value : HONEST[honest++]);
      ContributionHeader header =
          site == attacker
              ? new ContributionHeader(
                  weight, 64L, 1e9, Double.NaN, 1.0, 10.0, CheckIn.TRAINING.code())
              : TestContract.header(1);
      Contribution contribution =
          contract.contribution(site, round, rig.base(contract), header, delta);
      rig.send(contribution);
    }
    rig.settle();
    RoundRecord record = rig.newestRecord(contract).orElseThrow();
    assertThat(record.getRound()).isEqualTo(round);
    return record;
  }
}

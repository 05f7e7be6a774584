package io.swarmstream.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.operators.rig.SwarmRig;
import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.testkit.TestContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interval in round records keeps sites from drifting apart farther than they may. */
class AdaptiveIntervalTest {
  private static final int FIRST = 64;

  @ParameterizedTest
  @ValueSource(strings = {"mean", "coordmedian", "geomedian"})
  void growsWhileSitesStayCloseAndShrinksWhenTheyPart(String method) throws Exception {
    TestContract contract = TestContract.of("c", method, 2, 2, 30_000).adaptive(FIRST);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      RoundRecord initial = round(rig, contract, 9, -9);
      RoundRecord first = round(rig, contract, 3, 1);
      RoundRecord close = round(rig, contract, 3, 2);
      RoundRecord apart = round(rig, contract, 10, 0);

      assertThat(initial.getNextInterval()).as("nothing is trained before").isEqualTo(FIRST);
      // All 10 values of a delta are the same.
      assertThat(first.getDrift()).isCloseTo(Math.sqrt(10), within(1e-6));
      assertThat(first.getAllowedDrift()).isCloseTo(2 * Math.sqrt(10), within(1e-6));
      assertThat(first.getNextInterval()).isEqualTo((int) Math.rint(FIRST * Math.sqrt(2)));
      assertThat(close.getDrift()).isCloseTo(Math.sqrt(10) / 2, within(1e-6));
      assertThat(close.getAllowedDrift()).isEqualTo(first.getAllowedDrift());
      assertThat(close.getNextInterval()).isEqualTo(2 * first.getNextInterval());
      assertThat(apart.getNextInterval())
          .isEqualTo((int) Math.rint(close.getNextInterval() * Math.sqrt(2 / 5.0)));
    }
  }

  @Test
  void goesOnFromTheNewestRecordAfterACrash() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 2, 2, 30_000).adaptive(FIRST);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      round(rig, contract, 1, 1);
      assertThat(round(rig, contract, 1, 2).getNextInterval())
          .isEqualTo((int) Math.rint(FIRST * Math.sqrt(3)));
      rig.checkpointAndCrash(4);
      assertThat(round(rig, contract, 1, 2).getNextInterval()).isEqualTo(3 * FIRST);
    }
  }

  @Test
  void doesNotHearSitesThatHaveFinished() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 2, 2, 30_000).adaptive(FIRST);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      round(rig, contract, 1, 1);
      round(rig, contract, 1, 3);
      rig.send(contract.contribution(0, 2, rig.base(contract), contract.constant(1)));
      rig.send(contract.contribution(1, 2, rig.base(contract), finished(), contract.constant(-99)));
      rig.settle();
      RoundRecord record = rig.newestRecord(contract).orElseThrow();

      assertThat(record.getRound()).isEqualTo(2);
      assertThat(record.getDrift()).isZero();
      assertThat(record.getNextInterval()).isEqualTo((int) Math.rint(FIRST * Math.sqrt(2)));
    }
  }

  @Test
  void isNoneInAContractThatIsNotAdaptive() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 2, 2, 30_000);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      round(rig, contract, 1, 1);
      RoundRecord record = round(rig, contract, 1, 2);

      assertThat(record.getDrift()).isZero();
      assertThat(record.getAllowedDrift()).isZero();
      assertThat(record.getNextInterval()).isZero();
    }
  }

  private static RoundRecord round(SwarmRig rig, TestContract contract, float first, float second)
      throws Exception {
    long round = rig.newestRecord(contract).map(RoundRecord::getRound).orElse(-1L) + 1;
    rig.send(contract.contribution(0, round, rig.base(contract), contract.constant(first)));
    rig.send(contract.contribution(1, round, rig.base(contract), contract.constant(second)));
    rig.settle();
    RoundRecord record = rig.newestRecord(contract).orElseThrow();
    assertThat(record.getRound()).isEqualTo(round);
    return record;
  }

  private static ContributionHeader finished() {
    return new ContributionHeader(
        1, 64L, Double.NaN, Double.NaN, 10.0, 10.0, CheckIn.SNAPSHOT.code());
  }
}

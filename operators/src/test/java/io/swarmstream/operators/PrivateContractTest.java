package io.swarmstream.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.operators.rig.SwarmRig;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.RejectionReason;
import io.swarmstream.testkit.TestContract;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the job does in contracts whose sites clip deltas and add noise. */
class PrivateContractTest {
  private static final String NOISE = "dp(clip=1,noise=1)";

  private static TestContract contract(String privacy) {
    return TestContract.of("c", "mean", 2, 2, 30_000).withPrivacy(privacy);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void countsAllSitesAlike(int weight) throws Exception {
    TestContract contract = contract(NOISE);
    try (SwarmRig rig = new SwarmRig(3, contract)) {
      rig.send(
          contract
              .contribution(0, 0, Hash.ZERO, TestContract.header(weight), contract.constant(1))
              .chunk(0));
      rig.settle();

      assertThat(rig.rejections()).hasSize(1);
      assertThat(rig.rejections().get(0).getReason()).isEqualTo(RejectionReason.BAD_HEADER.code());
      assertThat(rig.rejections().get(0).getField()).isEqualTo("header.weight");
      assertThat(rig.rejections().get(0).getMessage())
          .contains("the weight is " + weight, "all sites count alike; send 1");
    }
  }

  @Test
  void recordsNoFiguresOfSingleDeltas() throws Exception {
    RoundRecord quiet = roundOne(contract(NOISE)).get(1);

    assertThat(quiet.getNorms()).isEmpty();
    assertThat(quiet.getCosines()).isEmpty();
    assertThat(quiet.getMergedNorm()).isZero();
    assertThat(roundOne(contract("dp(clip=9,noise=0)")).get(1).getNorms()).hasSize(2);
  }

  /** Sites clip before they sign, so the job merges what it gets, bit by bit. */
  @Test
  void mergesAsInAnyContract() throws Exception {
    assertThat(roundOne(contract(NOISE)).get(1).getModelHash())
        .isEqualTo(roundOne(contract("none")).get(1).getModelHash());
  }

  private static List<RoundRecord> roundOne(TestContract contract) throws Exception {
    try (SwarmRig rig = new SwarmRig(3, contract)) {
      rig.send(contract.contribution(0, 0, Hash.ZERO, contract.constant(1)));
      rig.send(contract.contribution(1, 0, Hash.ZERO, contract.constant(1)));
      rig.settle();
      Hash base = rig.base(contract);
      rig.send(contract.contribution(0, 1, base, contract.constant(0.1f)));
      rig.send(contract.contribution(1, 1, base, contract.constant(-0.7f)));
      rig.settle();
      return rig.records(contract);
    }
  }

  @ParameterizedTest
  @CsvSource({"mean, true", "geomedian, false", "coordmedian, false"})
  void isServedForSumsOnly(String method, boolean served) {
    TestContract contract = TestContract.of("c", method, 3, 3, 0).withPrivacy(NOISE);

    assertThat(new ServableContracts().filter(contract.events().get(0))).isEqualTo(served);
  }
}

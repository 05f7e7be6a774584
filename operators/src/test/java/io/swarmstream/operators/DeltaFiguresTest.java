package io.swarmstream.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.operators.rig.SwarmRig;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.testkit.TestContract;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What round records say of each participant's delta, through the graph. */
class DeltaFiguresTest {
  private static final Offset<Double> ROUNDING = within(1e-6);

  /** All 10 values of a delta are the same, so that it has this length times the value. */
  private static final double LENGTH = Math.sqrt(10);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mean",
        "coordmedian",
        "geomedian",
        "trimmedmean:1",
        "multikrum:1",
        "bulyan:1",
        "nnm+mean:1",
        "nnm+geomedian:1",
      })
  void areThereOfEveryMethod(String method) throws Exception {
    TestContract contract = TestContract.of("c", method, 7, 7, 30_000);
    try (SwarmRig rig = new SwarmRig(1, 2, contract)) {
      round(rig, contract, 4, 4, 4, 4, 4, 4, 4);
      float before = rig.model(contract).orElseThrow()[0];
      RoundRecord record = round(rig, contract, 1, 1.5f, 2, -3, 1, 2, 1);
      float moved = rig.model(contract).orElseThrow()[0] - before;

      assertThat(record.getNorms())
          .containsExactly(
              LENGTH, 1.5 * LENGTH, 2 * LENGTH, 3 * LENGTH, LENGTH, 2 * LENGTH, LENGTH);
      double along = Math.signum(moved);
      assertThat(record.getCosines()).hasSize(7);
      for (int site = 0; site < 7; site++) {
        assertThat(record.getCosines().get(site)).isCloseTo(site == 3 ? -along : along, ROUNDING);
      }
      assertThat(record.getMergedNorm()).isCloseTo(Math.abs(moved) * LENGTH, within(1e-5));
      assertThat(record.getBytes()).containsOnly(contract.terms().payloadBytes(0)).hasSize(7);
    }
  }

  /** A limit scales the delta that is merged; the record has the one that was sent. */
  @ParameterizedTest
  @ValueSource(strings = {"mean", "coordmedian", "geomedian", "nnm+geomedian:1"})
  void areOfDeltasAsTheyWereSent(String method) throws Exception {
    TestContract contract =
        TestContract.of("c", method, 3, 3, 30_000).limited("norm=median*2").adaptive(64);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      round(rig, contract, 1, 1, 1);
      RoundRecord record = round(rig, contract, 1, 2, 1e30f);

      assertThat(record.getNormLimit()).isCloseTo(4 * LENGTH, ROUNDING);
      assertThat(record.getNorms().get(2)).isCloseTo(1e30 * LENGTH, within(1e24));
      assertThat(record.getCosines())
          .allSatisfy(cosine -> assertThat(cosine).isCloseTo(1, ROUNDING));
      assertThat(record.getMergedNorm()).isLessThan(5 * LENGTH);
    }
  }

  @Test
  void ofAStuckSiteAreALengthOfZeroAndNoDirection() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 3, 3, 30_000);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      RoundRecord record = round(rig, contract, 1, 0, 2);

      assertThat(record.getNorms().get(1)).isZero();
      assertThat(record.getCosines().get(1)).isNaN();
      assertThat(record.getCosines().get(2)).isCloseTo(1, ROUNDING);
    }
  }

  /** The model stays as it is: there is no direction to compare with. */
  @Test
  void haveNoDirectionWhereNothingWasMerged() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 2, 2, 30_000);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      RoundRecord record = round(rig, contract, 1, -1);

      assertThat(record.getMergedNorm()).isZero();
      assertThat(record.getCosines()).containsExactly(Double.NaN, Double.NaN);
      assertThat(record.getNorms()).containsExactly(LENGTH, LENGTH);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"float16", "bfloat16", "int8", "int4"})
  void countTheBytesThatWereSent(DeltaEncoding encoding) throws Exception {
    TestContract contract = TestContract.of("c", "mean", 2, 2, 30_000).encoded(encoding);
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      RoundRecord record = round(rig, contract, 1, 2);

      long bytes = contract.terms().payloadBytes(0);
      assertThat(bytes).isLessThan(10 * Float.BYTES);
      assertThat(record.getBytes()).containsExactly(bytes, bytes);
    }
  }

  private static RoundRecord round(SwarmRig rig, TestContract contract, float... values)
      throws Exception {
    long round = rig.records(contract).size();
    for (int site = 0; site < values.length; site++) {
      rig.send(
          contract.contribution(site, round, rig.base(contract), contract.constant(values[site])));
    }
    rig.settle();
    RoundRecord record = rig.newestRecord(contract).orElseThrow();
    assertThat(record.getRound()).isEqualTo(round);
    return record;
  }
}

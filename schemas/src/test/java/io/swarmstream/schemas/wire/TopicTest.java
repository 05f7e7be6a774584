package io.swarmstream.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.hashing.Hash;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {
  private static ContractTerms terms(String encoding) {
    return new ContractTerms(
        "retina",
        "eip155:1:0x00",
        "mean",
        2,
        1_000,
        10,
        5,
        DeltaEncoding.named(encoding),
        Hash.ZERO.hex());
  }

  @Test
  void isNamedAfterContractAndKind() {
    assertThat(Topic.DELTAS.of("retina")).isEqualTo("retina.deltas");
    assertThat(Topic.MODELS.of("retina")).isEqualTo("retina.models");
    assertThat(Topic.ROUNDS.of("retina")).isEqualTo("retina.rounds");
    assertThat(Topic.REJECTIONS.of("retina")).isEqualTo("retina.rejections");
    assertThat(Topic.SITES.of("retina")).isEqualTo("retina.sites");
    assertThat(Topic.OPTIMIZER.of("retina")).isEqualTo("retina.optimizer");
    assertThat(Topic.UPDATES.of("retina")).isEqualTo("retina.updates");
  }

  @Test
  void isOneMoreWithAnOptimizer() {
    assertThat(Topic.kindsOf(terms("float32"))).isEqualTo(Topic.always()).hasSize(5);
    assertThat(Topic.kindsOf(terms("topk:1").withOptimizer(Optimizer.of("yogi"))))
        .isEqualTo(EnumSet.complementOf(EnumSet.of(Topic.UPDATES)));
  }

  @Test
  void isOneMoreWhereFewValuesChange() {
    assertThat(Topic.kindsOf(terms("topk:1")))
        .isEqualTo(EnumSet.complementOf(EnumSet.of(Topic.OPTIMIZER)));
  }

  @ParameterizedTest
  @EnumSource
  void givesTheContractBack(Topic kind) {
    for (String contract : new String[] {"a", "a.deltas", "a.b-c_d", "sites"}) {
      assertThat(kind.contract(kind.of(contract))).contains(contract);
      assertThat(kind.of(contract)).matches(kind.ofAnyContract());
    }
  }

  @ParameterizedTest
  @EnumSource
  void isOfOneKindOnly(Topic kind) {
    for (Topic other : Topic.values()) {
      if (other != kind) {
        assertThat(other.contract(kind.of("a." + other))).isEmpty();
        assertThat(kind.of("a")).doesNotMatch(other.ofAnyContract());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "deltas", ".deltas", "adeltas", "a.deltas2", "a.Deltas"})
  void isNotEverythingThatLooksLikeOne(String name) {
    assertThat(Topic.DELTAS.contract(name)).isEmpty();
    assertThat(name).doesNotMatch(Topic.DELTAS.ofAnyContract());
  }
}

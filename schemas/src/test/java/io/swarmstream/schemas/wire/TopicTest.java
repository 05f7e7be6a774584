package io.swarmstream.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {

  @Test
  void isNamedAfterContractAndKind() {
    assertThat(Topic.DELTAS.of("retina")).isEqualTo("retina.deltas");
    assertThat(Topic.MODELS.of("retina")).isEqualTo("retina.models");
    assertThat(Topic.ROUNDS.of("retina")).isEqualTo("retina.rounds");
    assertThat(Topic.REJECTIONS.of("retina")).isEqualTo("retina.rejections");
    assertThat(Topic.SITES.of("retina")).isEqualTo("retina.sites");
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

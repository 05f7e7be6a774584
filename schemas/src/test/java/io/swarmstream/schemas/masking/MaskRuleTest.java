package io.swarmstream.schemas.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskRuleTest {
  @ParameterizedTest
  @ValueSource(ints = {3, 64})
  void takesAsManyPeersAsACohortCanHave(int minPeers) {
    require(minPeers);
  }

  /** Such a contract could never have a round. */
  @Test
  void takesNoMorePeersThanACohortCanHave() {
    assertThatThrownBy(() -> require(65))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("minPeers is 65")
        .hasMessageContaining("use at most 64");
    assertThatThrownBy(() -> require(2)).hasMessageContaining("use at least 3");
  }

  @Test
  void hasAsManySitesInAGroupAsHideOneAnother() {
    MaskRule.require("geomedian", 3, 9, DeltaEncoding.FLOAT32, 0, Limits.NONE);
    assertThatThrownBy(
            () -> MaskRule.require("geomedian", 3, 8, DeltaEncoding.FLOAT32, 0, Limits.NONE))
        .hasMessageContaining("minPeers is 8, and 3 groups need 3 sites each")
        .hasMessageContaining("use at least 9");
    assertThatThrownBy(
            () -> MaskRule.require("geomedian", 1, 9, DeltaEncoding.FLOAT32, 0, Limits.NONE))
        .hasMessageContaining("with 'grouped'");
  }

  /** Two of three such deltas would give the third away. */
  @ParameterizedTest
  @CsvSource({"0,training", "0,inactive", "1,active", "1,inactive"})
  void knowsWhichDeltasEverybodyKnows(int weight, String checkIn) {
    assertThat(MaskRule.knownToAll(weight, checkIn).orElseThrow())
        .contains("weight " + weight, "check-in " + checkIn, "send a snapshot, or leave");
    assertThat(MaskRule.knownToAll(1, "training")).isEmpty();
    assertThat(MaskRule.knownToAll(5, "snapshot")).isEmpty();
  }

  private static void require(int minPeers) {
    MaskRule.require("mean", 1, minPeers, DeltaEncoding.FLOAT32, 0, Limits.NONE);
  }
}

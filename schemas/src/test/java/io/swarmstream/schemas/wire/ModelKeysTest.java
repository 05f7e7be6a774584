package io.swarmstream.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModelKeysTest {
  @Test
  void keepManySmallModelsAndFewLargeOnes() {
    assertThat(ModelKeys.keptModels(1)).isEqualTo(64);
    assertThat(ModelKeys.keptModels(48)).isEqualTo(5); // ResNet-18
    assertThat(ModelKeys.keptModels(4_070)).isEqualTo(3); // a billion parameters
  }

  @Test
  void areThoseOfAnEarlierRoundOnceEnoughRoundsAreBetween() {
    assertThat(ModelKeys.of(7, 48, 11)).isEqualTo("7/1").isEqualTo(ModelKeys.of(7, 48, 16));
    assertThat(ModelKeys.of(7, 48, 12)).isEqualTo("7/2");
  }

  @Test
  void leadToOnePartitionForEachChunk() {
    assertThat(ModelKeys.partitionKey(ModelKeys.of(7, 48, 11)))
        .isEqualTo(ModelKeys.partitionKey(ModelKeys.of(7, 48, 12)))
        .isEqualTo(ModelKeys.ofAnyRound(7));
  }
}

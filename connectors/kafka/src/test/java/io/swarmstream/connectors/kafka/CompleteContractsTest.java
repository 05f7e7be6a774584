package io.swarmstream.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.wire.Topic;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompleteContractsTest {
  private final CompleteContracts contracts = new CompleteContracts(Topic.DELTAS);
  private final Set<String> names =
      new HashSet<>(
          Arrays.stream(Topic.values()).map(t -> t.of("a.deltas")).collect(Collectors.toSet()));

  @Test
  void takesTheTopicOfAContractThatHasAllOfThem() {
    names.add("other");
    assertThat(contracts.complete(names)).containsExactly("a.deltas.deltas");
  }

  @ParameterizedTest
  @EnumSource
  void leavesOutAContractThatLacksOne(Topic missing) {
    names.remove(missing.of("a.deltas"));
    assertThat(contracts.complete(names)).isEmpty();
  }
}

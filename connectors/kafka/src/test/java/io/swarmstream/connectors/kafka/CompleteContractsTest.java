package io.swarmstream.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.wire.Topic;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompleteContractsTest {
  private final CompleteContracts contracts = new CompleteContracts(Topic.DELTAS);
  private final Set<String> names =
      new HashSet<>(Topic.always().stream().map(t -> t.of("a.deltas")).collect(Collectors.toSet()));

  @Test
  void takesTheTopicOfAContractThatHasAllOfThem() {
    names.add("other");
    assertThat(contracts.complete(names)).containsExactly("a.deltas.deltas");
  }

  @ParameterizedTest
  @MethodSource("always")
  void leavesOutAContractThatLacksOne(Topic missing) {
    names.remove(missing.of("a.deltas"));
    assertThat(contracts.complete(names)).isEmpty();
  }

  static Set<Topic> always() {
    return Topic.always();
  }
}

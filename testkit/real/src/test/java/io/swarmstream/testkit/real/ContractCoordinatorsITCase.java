package io.swarmstream.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.chain.ContractCoordinators;
import io.swarmstream.schemas.Anchor;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ContractCoordinatorsITCase {
  private final DevChain chain = DevChain.shared();

  @Test
  void knowsTheSuccessorWhenItMeetsIt() {
    String name = chain.newContract();
    var coordinators = new ContractCoordinators(chain.owner, name, Duration.ZERO);
    String first = chain.coordinatorAddress();
    String second = chain.key(2).address();
    assertThat(coordinators.isPresent(first)).isTrue();
    assertThat(coordinators.isPresent(second)).isFalse();
    assertThat(coordinators.isFormer(second)).isFalse();

    handOver(name);

    assertThat(coordinators.isPresent(second)).isTrue();
    assertThat(coordinators.isPresent(first)).isFalse();
    assertThat(coordinators.isFormer(first)).isTrue();
    assertThat(coordinators.isFormer(second)).isFalse();
    assertThat(coordinators.present()).isEqualTo(second);
  }

  @Test
  void aStrangerDoesNotMakeItAskAgainAndAgain() {
    String name = chain.newContract();
    var coordinators = new ContractCoordinators(chain.owner, name, Duration.ofHours(1));
    assertThat(coordinators.isPresent(chain.key(7).address())).isFalse();
    handOver(name);

    assertThat(coordinators.isPresent(chain.key(2).address())).isFalse();
  }

  @Test
  void provesWhatWasAnchoredAndNothingElse() {
    String name = chain.newContract();
    Anchor anchored = DevChain.anchor(name, 0, "record 0");
    chain.coordinator.anchors().anchorRound(anchored);
    handOver(name);
    ContractCoordinators coordinators = ContractCoordinators.read(chain.owner, name);

    assertThat(coordinators.anchoredRounds()).isEqualTo(1);
    assertThat(coordinators.isAnchored(anchored)).isTrue();
    assertThat(coordinators.isAnchored(DevChain.anchor(name, 0, "another"))).isFalse();
    assertThat(coordinators.isAnchored(DevChain.anchor(name, 1, "record 1"))).isFalse();
  }

  private void handOver(String name) {
    chain.owner.administration().offerCoordinator(name, chain.key(2).address());
    chain.stranger.administration().acceptCoordinator(name);
  }
}

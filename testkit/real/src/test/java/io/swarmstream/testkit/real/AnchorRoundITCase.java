package io.swarmstream.testkit.real;

import static io.swarmstream.testkit.real.DevChain.anchor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.chain.AnchorConflictException;
import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.RoundGapException;
import io.swarmstream.clients.chain.contracts.RoundAnchors;
import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.hashing.Hash;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

@SuppressWarnings("NullAway.Init")
class AnchorRoundITCase {
  private static DevChain chain;
  private static RawCalls raw;

  @BeforeAll
  static void start() {
    chain = DevChain.shared();
    raw = new RawCalls(chain);
  }

  @AfterAll
  static void stop() {
    raw.close();
  }

  @Test
  void refusesEverybodyButTheCoordinatorTheOwnerToo() {
    String name = chain.newContract();

    assertThatThrownBy(() -> chain.owner.anchors().anchorRound(anchor(name, 0, "record")))
        .isInstanceOf(ChainRefusalException.class)
        .hasMessageContaining("sign with the key of its coordinator " + chain.coordinatorAddress());
  }

  @Test
  void refusesAnUnknownContract() {
    assertRefused("UnknownContract", anchor("nowhere", 0, "record"));
  }

  @Test
  void refusesADifferentRecordForARound() {
    String name = chain.newContract();
    Anchor first = anchor(name, 0, "record");
    Anchor second = anchor(name, 0, "another record");
    chain.coordinator.anchors().anchorRound(first);

    assertThatThrownBy(() -> chain.coordinator.anchors().anchorRound(second))
        .isInstanceOf(AnchorConflictException.class)
        .hasMessageContaining(first.recordHash())
        .hasMessageContaining(second.recordHash());
    assertRefused("RoundAlreadyAnchored", second);
    assertThat(chain.stranger.anchors().anchor(name, 0)).contains(first);
  }

  @Test
  void refusesTheSameRecordWithAnotherModel() {
    String name = chain.newContract();
    Anchor first = anchor(name, 0, "record");
    chain.coordinator.anchors().anchorRound(first);

    assertRefused(
        "RoundAlreadyAnchored",
        new Anchor(name, 0, first.recordHash(), Hash.sha256(new byte[1]).hex()));
  }

  @Test
  void refusesToLeaveAGap() {
    String name = chain.newContract();
    chain.coordinator.anchors().anchorRound(anchor(name, 0, "record 0"));

    assertThatThrownBy(() -> chain.coordinator.anchors().anchorRound(anchor(name, 2, "record 2")))
        .isInstanceOfSatisfying(
            RoundGapException.class, e -> assertThat(e.nextRound()).isEqualTo(1));
    assertThat(chain.coordinator.anchors().anchor(name, 2)).isEmpty();
  }

  @Test
  void refusesZeroHashes() {
    String name = chain.newContract();
    String hash = Hash.sha256(new byte[1]).hex();

    assertRefused("ZeroHash", new Anchor(name, 0, Hash.ZERO.hex(), hash));
    assertRefused("ZeroHash", new Anchor(name, 0, hash, Hash.ZERO.hex()));
  }

  @Test
  void doesNothingForTheSameAnchorAgain() {
    String name = chain.newContract();
    Anchor anchor = anchor(name, 0, "record");
    assertThat(raw.anchorRound(1, anchor).getLogs()).hasSize(1);

    assertThat(chain.coordinator.anchors().anchorRound(anchor)).isEmpty();
    assertThat(raw.anchorRound(1, anchor).getLogs()).isEmpty();
    assertThat(chain.stranger.anchors().nextRound(name)).isEqualTo(1);
  }

  @Test
  void saysEverythingInItsEvent() {
    String name = chain.newContract();
    Anchor anchor = anchor(name, 0, "record");

    TransactionReceipt receipt = raw.anchorRound(1, anchor);

    var event = RoundAnchors.getRoundAnchoredEvents(receipt).get(0);
    assertThat(event.contractName).isEqualTo(name);
    assertThat(event.round).isZero();
    assertThat(Hash.of(event.recordHash).hex()).isEqualTo(anchor.recordHash());
    assertThat(Hash.of(event.modelHash).hex()).isEqualTo(anchor.modelHash());
  }

  @Test
  void anchorsRoundsOneAfterTheOther() {
    String name = chain.newContract();
    for (int round = 0; round < 5; round++) {
      assertThat(chain.coordinator.anchors().anchorRound(anchor(name, round, "record " + round)))
          .isPresent();
    }

    assertThat(chain.stranger.anchors().nextRound(name)).isEqualTo(5);
    assertThat(chain.stranger.anchors().anchor(name, 3)).contains(anchor(name, 3, "record 3"));
    assertThat(chain.stranger.anchors().anchor(name, 5)).isEmpty();
  }

  @Test
  void findsTheTransactionThatAnchoredARound() {
    String name = chain.newContract();
    String other = chain.newContract();
    String first =
        chain.coordinator.anchors().anchorRound(anchor(name, 0, "record 0")).orElseThrow();
    String second =
        chain.coordinator.anchors().anchorRound(anchor(name, 1, "record 1")).orElseThrow();
    chain.coordinator.anchors().anchorRound(anchor(other, 0, "record 0"));

    assertThat(chain.stranger.anchors().transaction(name, 0)).contains(first);
    assertThat(chain.stranger.anchors().transaction(name, 1)).contains(second);
    assertThat(chain.stranger.anchors().transaction(name, 2)).isEmpty();
  }

  private static void assertRefused(String error, Anchor anchor) {
    assertThatThrownBy(() -> raw.anchorRound(1, anchor))
        .isInstanceOfSatisfying(
            ChainRefusalException.class, e -> assertThat(e.error()).isEqualTo(error));
  }
}

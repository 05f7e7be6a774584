package io.swarmstream.operators.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.hashing.Hash;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The transitions that the package's documentation draws, and no others. */
class RoundStateTest {
  private static final RoundState FENCED = RoundState.fenced("fence-1", 10);
  private static final RoundState OPENED = FENCED.firstOpened(20);
  private static final RoundState SEALING = OPENED.closingAt(50).noticeAt(30).sealing();
  private static final RoundState HALTED = SEALING.halted();

  @Test
  void opensRoundZeroWhenItsOwnFenceIsReadBack() {
    assertThat(FENCED.awaitsFence("fence-1")).isTrue();
    assertThat(FENCED.awaitsFence("of an earlier attempt")).isFalse();
    assertThat(OPENED.isOpen()).isTrue();
    assertThat(OPENED.round()).isZero();
    assertThat(OPENED.baseHash()).isEqualTo(Hash.ZERO.hex());
    assertThat(OPENED.awaitsFence("fence-1")).isFalse();
  }

  @Test
  void opensTheNextRoundFromTheSealedModel() {
    assertThat(SEALING.awaitsRecordOf(0)).isTrue();
    assertThat(SEALING.awaitsRecordOf(1)).isFalse();

    RoundState next = SEALING.nextOpened("ab", 60);

    assertThat(next.isOpen()).isTrue();
    assertThat(next.round()).isOne();
    assertThat(next.baseHash()).isEqualTo("ab");
    assertThat(next.openedAtMs()).isEqualTo(60);
  }

  @Test
  void hasNoTimersWhenTheRoundHasClosed() {
    assertThat(OPENED.closingAt(50).isClosing()).isTrue();
    assertThat(OPENED.closingAt(50).notClosing().isClosing()).isFalse();
    assertThat(SEALING.isClosing()).isFalse();
    assertThat(SEALING.noticeAtMs()).isEqualTo(RoundState.NEVER);
  }

  @Test
  void keepsContributionsForTheRoundThatOpensNext() {
    assertThat(FENCED.opensNext(0)).isTrue();
    assertThat(SEALING.opensNext(1)).isTrue();
    assertThat(SEALING.opensNext(0)).isFalse();
    assertThat(OPENED.opensNext(1)).isFalse();
    assertThat(HALTED.opensNext(1)).isFalse();
    assertThat(OPENED.isPast(0)).isFalse();
    assertThat(SEALING.isPast(0)).isTrue();
  }

  @Test
  void allowsNoOtherTransition() {
    for (RoundState other : List.of(OPENED, SEALING, HALTED)) {
      assertThatThrownBy(() -> other.firstOpened(1)).isInstanceOf(IllegalStateException.class);
    }
    for (RoundState other : List.of(FENCED, OPENED, HALTED)) {
      assertThatThrownBy(() -> other.nextOpened("ab", 1)).isInstanceOf(IllegalStateException.class);
    }
    for (RoundState other : List.of(FENCED, SEALING, HALTED)) {
      assertThatThrownBy(() -> other.closingAt(1)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(other::notClosing).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> other.noticeAt(1)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(other::sealing).isInstanceOf(IllegalStateException.class);
    }
    assertThatThrownBy(HALTED::halted)
        .hasMessageContaining("round 0 is HALTED")
        .hasMessageContaining("report it");
  }
}

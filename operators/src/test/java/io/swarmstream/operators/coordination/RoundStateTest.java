package io.swarmstream.operators.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.hashing.Hash;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The transitions that the package's documentation draws, and no others. */
class RoundStateTest {
  private static final RoundState FENCED = RoundState.fenced(10);
  private static final RoundState OPENED = FENCED.firstOpened(20);
  private static final RoundState PLANNED = OPENED.closingAt(50).noticeAt(30).planned();
  private static final RoundState SEALING = PLANNED.sealing();
  private static final RoundState HALTED = SEALING.halted();

  @Test
  void opensRoundZero() {
    assertThat(OPENED.isOpen()).isTrue();
    assertThat(OPENED.round()).isZero();
    assertThat(OPENED.baseHash()).isEqualTo(Hash.ZERO.hex());
  }

  @Test
  void opensTheRoundAgainIfItsPlanDidNotReachTheLog() {
    assertThat(PLANNED.isPlanned()).isTrue();
    assertThat(PLANNED.reopened())
        .isEqualTo(new RoundState(OPENED.phase(), 0, Hash.ZERO.hex(), 20, -1, -1, ""));
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
    assertThat(PLANNED.isClosing()).isFalse();
    assertThat(PLANNED.noticeAtMs()).isEqualTo(RoundState.NEVER);
  }

  @Test
  void keepsContributionsForTheRoundThatOpensNext() {
    assertThat(FENCED.opensNext(0)).isTrue();
    assertThat(SEALING.opensNext(1)).isTrue();
    assertThat(SEALING.opensNext(0)).isFalse();
    assertThat(OPENED.opensNext(1)).isFalse();
    assertThat(HALTED.opensNext(1)).isFalse();
    assertThat(OPENED.isPast(0)).isFalse();
    assertThat(PLANNED.opensNext(1)).isFalse();
    assertThat(PLANNED.isPast(0)).isTrue();
    assertThat(SEALING.isPast(0)).isTrue();
  }

  @Test
  void allowsNoOtherTransition() {
    for (RoundState other : List.of(OPENED, PLANNED, SEALING, HALTED)) {
      assertThatThrownBy(() -> other.firstOpened(1)).isInstanceOf(IllegalStateException.class);
    }
    for (RoundState other : List.of(FENCED, OPENED, PLANNED, HALTED)) {
      assertThatThrownBy(() -> other.nextOpened("ab", 1)).isInstanceOf(IllegalStateException.class);
    }
    for (RoundState other : List.of(FENCED, PLANNED, SEALING, HALTED)) {
      assertThatThrownBy(() -> other.closingAt(1)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(other::notClosing).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> other.noticeAt(1)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(other::planned).isInstanceOf(IllegalStateException.class);
    }
    for (RoundState other : List.of(FENCED, OPENED, SEALING, HALTED)) {
      assertThatThrownBy(other::sealing).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(other::reopened).isInstanceOf(IllegalStateException.class);
    }
    assertThatThrownBy(HALTED::halted)
        .hasMessageContaining("round 0 is HALTED")
        .hasMessageContaining("report it");
  }
}

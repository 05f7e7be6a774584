package io.swarmstream.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RawRoundTest {
  @Test
  void theMiddleOneOfTheSecondHalfIsTypical() {
    RawRound cold = new RawRound(900, 900);
    RawRound fast = new RawRound(10, 5);
    RawRound middle = new RawRound(20, 5);
    RawRound slow = new RawRound(30, 5);
    assertThat(RawRound.typical(List.of(cold, cold, cold, slow, fast, middle))).isEqualTo(middle);
    assertThat(middle.millis()).isEqualTo(25);
  }

  @Test
  void oneRoundIsBetterThanNone() {
    RawRound only = new RawRound(1, 1);
    assertThat(RawRound.typical(List.of(only))).isEqualTo(only);
    assertThatThrownBy(() -> RawRound.typical(List.of())).isInstanceOf(IllegalStateException.class);
  }
}

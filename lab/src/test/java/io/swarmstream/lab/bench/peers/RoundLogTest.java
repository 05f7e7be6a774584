package io.swarmstream.lab.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundLogTest {
  private final List<String> marks = new ArrayList<>();
  private final RoundLog log =
      new RoundLog(2, 1, () -> marks.add("counting"), () -> marks.add("end"));

  private void round(int round, double begin, double handedOver, double next) {
    log.begin(begin);
    log.handedOver(round, handedOver - 5);
    log.handedOver(round, handedOver);
    log.received(round + 1, next);
    log.received(round + 1, next - 3);
  }

  @Test
  void leavesTheWarmUpOut() {
    round(0, 0, 500, 990);
    assertThat(marks).isEmpty();
    round(1, 1_000, 1_020, 1_090);
    assertThat(marks).containsExactly("counting");
    round(2, 1_100, 1_150, 1_240);
    round(3, 1_300, 1_310, 1_390);
    assertThat(log.isMeasured()).isFalse();
    log.end(1_400);

    assertThat(log.isMeasured()).isTrue();
    assertThat(marks).containsExactly("counting", "end");
    assertThat(log.rounds()).isEqualTo(3);
    assertThat(log.roundP50Millis()).isEqualTo(100);
    assertThat(log.roundsPerMinute()).isEqualTo(3 * 60_000 / 400.0);
    assertThat(log.exchangeP50Millis()).isEqualTo(80);
  }

  @Test
  void countsOnlyExchangesThatAllSitesTookPartIn() {
    round(0, 0, 10, 20);
    round(1, 100, 110, 140);
    log.begin(200);
    log.handedOver(2, 205);
    log.received(3, 210);
    log.end(300);
    assertThat(log.exchangeP50Millis()).isEqualTo(30);
  }

  @Test
  void hasMeasuredNothingWhenOnlyTheWarmUpWasRun() {
    round(0, 0, 10, 20);
    log.end(100);
    assertThat(log.isMeasured()).isFalse();
    assertThat(log.exchangeP50Millis()).isNaN();
  }
}

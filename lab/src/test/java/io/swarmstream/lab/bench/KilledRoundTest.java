package io.swarmstream.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KilledRoundTest {
  private static SiteRound round(int site, long round, double begun, double ended) {
    return new SiteRound(
        site, round, begun, begun + 10, begun + 30, ended - 3, ended - 2, ended - 1, ended);
  }

  @Test
  void lastsFromTheLastModelBeforeToTheLastModelOfThoseThatSurvive() {
    List<SiteRound> times =
        List.of(
            round(0, 6, 0, 90), round(1, 6, 0, 100), round(2, 6, 0, 95), round(0, 7, 90, 2_400));

    assertThat(KilledRound.of(times, 7, 2, 3, 1, 98))
        .isEqualTo(new KilledRound(2, 3, 1, 2_300, 2_297, 98));
    assertThat(KilledRound.of(times, 8, 2, 3, 1, 98)).isNull();
  }

  @Test
  void killsASiteWhenItBeginsToSend() {
    assertThat(KilledRound.millisUntilSending(List.of(round(2, 5, 50, 90), round(2, 6, 100, 200))))
        .isEqualTo(10);
  }
}

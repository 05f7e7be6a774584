package io.swarmstream.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTimesTest {
  private static SiteRound of(int site, long round, double sent, double confirmed) {
    return new SiteRound(
        site, round, sent - 2, sent - 1, sent, sent + 1, confirmed - 4, confirmed - 2, confirmed);
  }

  @Test
  void countFromTheLastDeltaSentToTheLastSiteThatHasTheModel() {
    RoundTimes times =
        new RoundTimes(
            List.of(
                of(0, 0, 0, 1_000), // warm-up
                of(1, 0, 0, 1_000),
                of(0, 1, 2_000, 2_100),
                of(1, 1, 2_050, 2_090),
                of(0, 2, 3_000, 3_020),
                of(1, 2, 3_000, 3_030),
                of(0, 3, 4_000, 4_010)), // the other site did not finish it
            2,
            1);
    assertThat(times.latencies()).containsExactly(50, 30);
    assertThat(times.fullRoundMillis()).isEqualTo(930);
    assertThat(times.stages())
        .containsEntry("admitAndClose", 1.0)
        .containsEntry("readModel", 2.0)
        .containsEntry("confirmAnchor", 2.0);
  }

  @Test
  void tellWhereTheSlowestRoundSpentItsTime() {
    RoundTimes times =
        new RoundTimes(
            List.of(of(0, 0, 0, 20), of(0, 1, 1_000, 1_100), of(0, 2, 2_000, 2_030)), 1, 0);
    assertThat(times.slowestStages())
        .containsEntry("mergeAndCommit", 95.0)
        .containsEntry("readModel", 2.0);
    assertThat(times.stages()).containsEntry("mergeAndCommit", 25.0);
  }

  @Test
  void refusesToMeasureNothing() {
    assertThatThrownBy(() -> new RoundTimes(List.of(of(0, 0, 0, 1)), 2, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void takesTheValueThatAShareDoesNotExceed() {
    double[] values = {5, 1, 4, 2, 3};
    assertThat(RoundTimes.quantile(values, 0.5)).isEqualTo(3);
    assertThat(RoundTimes.quantile(values, 0.99)).isEqualTo(5);
    assertThat(RoundTimes.quantile(values, 0)).isEqualTo(1);
  }
}

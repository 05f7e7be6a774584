package io.swarmstream.site.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundCurveTest {
  private final RoundCurve curve = new RoundCurve("0xa");

  @Test
  void remembersAllRoundsOfAShortTraining() {
    add(0, 10);

    assertThat(rounds()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(curve.curve().step()).isEqualTo(1);
  }

  @Test
  void isBoundedAndHasTheNewestRoundHoweverLongTheTraining() {
    add(0, 100_000);

    List<Long> rounds = rounds();
    assertThat(rounds).hasSizeBetween(RoundCurve.MOST / 2, RoundCurve.MOST + 1);
    assertThat(rounds).contains(0L).endsWith(99_999L).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void knowsHowLongTheNewestRoundTookAlsoWhenItIsNotKept() {
    add(0, 1_503);
    RoundPoint.Stages stages =
        new RoundPoint.Stages(null, Duration.ofMillis(20), Duration.ofMillis(300));
    curve.took(1_502, stages);
    curve.took(1_400, stages);

    List<RoundPoint> points = curve.curve().points();
    assertThat(points.get(points.size() - 1).round()).isEqualTo(1_502);
    assertThat(points.get(points.size() - 1).stages()).isEqualTo(stages);
    assertThat(points)
        .filteredOn(point -> point.stages() != null)
        .extracting(RoundPoint::round)
        .containsExactly(1_400L, 1_502L);
  }

  private void add(long from, long to) {
    for (long round = from; round < to; round++) {
      curve.add(
          new RoundPoint(round, 0.5, Double.NaN, 0.6, Double.NaN, 2, Duration.ofSeconds(1), null));
    }
  }

  private List<Long> rounds() {
    return curve.curve().points().stream().map(RoundPoint::round).toList();
  }
}

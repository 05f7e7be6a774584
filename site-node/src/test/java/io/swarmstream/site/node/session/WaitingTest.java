package io.swarmstream.site.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.site.RoundProgress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitingTest {
  /** Whichever of the two is right: the job's machine and this one need not agree on the time. */
  @ParameterizedTest
  @ValueSource(longs = {-7_200_000, 0, 7_200_000})
  void tellsTheTimeLeftByTheClockThatSetTheEnd(long jobIsAheadMs) {
    long there = System.currentTimeMillis() + jobIsAheadMs;
    assertThat(Waiting.of(notice(there + 25_000, there), 2).closesInSeconds()).isEqualTo(25);
  }

  @Test
  void hasNoEndWhileSitesAreStillNeeded() {
    assertThat(Waiting.of(notice(-1, System.currentTimeMillis()), 2).closesInSeconds()).isNull();
  }

  private static Optional<RoundProgress> notice(long closesAtMs, long atMs) {
    return Optional.of(
        new RoundProgress(
            3,
            2,
            2,
            List.of("hospital-b"),
            1,
            List.of(),
            closesAtMs < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(closesAtMs)),
            Instant.ofEpochMilli(atMs)));
  }
}

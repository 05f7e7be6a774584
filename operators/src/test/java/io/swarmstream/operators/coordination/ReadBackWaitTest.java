package io.swarmstream.operators.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadBackWaitTest {
  private static final long PATIENCE_MS = 30_000;

  @Test
  void asksInGrowingPausesOfAtMostFiveMinutes() {
    List<Long> askedAfterSeconds = new ArrayList<>();
    ReadBackWait wait = ReadBackWait.begun(1_000, PATIENCE_MS);
    for (int i = 0; i < 8; i++) {
      askedAfterSeconds.add((wait.atMs() - wait.sinceMs()) / 1000);
      wait = wait.asked(PATIENCE_MS);
    }
    assertThat(askedAfterSeconds).containsExactly(30L, 60L, 120L, 240L, 480L, 780L, 1080L, 1380L);
  }
}

package io.swarmstream.site.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FarewellTest {
  @Test
  void namesTheContractsThatWereNotTold() throws InterruptedException {
    Farewell farewell = new Farewell(Duration.ofSeconds(20));
    farewell.begin("told", () -> true);
    farewell.begin("away", () -> false);
    farewell.begin(
        "broken",
        () -> {
          throw new IllegalStateException("a bug");
        });

    assertThat(farewell.await()).containsExactly("away", "broken");
  }

  /** Each waits for hours; one after the other they would take three seconds. */
  @Test
  @Timeout(20)
  void givesAllSessionsOneDeadline() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Farewell farewell = new Farewell(Duration.ofSeconds(1));
    for (String contract : new String[] {"a", "b", "c"}) {
      farewell.begin(
          contract,
          () -> {
            never.await();
            return true;
          });
    }
    long began = System.nanoTime();

    assertThat(farewell.await()).containsExactly("a", "b", "c");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(2500));
    never.countDown();
  }
}

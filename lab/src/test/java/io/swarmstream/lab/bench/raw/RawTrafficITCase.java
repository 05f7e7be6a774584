package io.swarmstream.lab.bench.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.testkit.real.SharedKafka;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RawTrafficITCase {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void movesEveryRecordRoundAfterRound() throws Exception {
    RawLoad load = new RawLoad(5, 2, 3, 100_000, 90_000);
    try (RawTraffic traffic = RawTraffic.open(SharedKafka.endpoint(), load, SOON)) {
      for (int round = 0; round < 2; round++) {
        assertThat(traffic.deltas(SOON)).isPositive();
        assertThat(traffic.model(SOON)).isPositive();
      }
    }
    assertThatThrownBy(() -> RawTraffic.open(SharedKafka.endpoint(), load, SOON))
        .hasMessageContaining("there already");
  }

  @Test
  void sharesTheSitesAmongTheConnections() {
    RawLoad load = new RawLoad(5, 2, 3, 1, 1);
    assertThat(load.sitesOf(0) + load.sitesOf(1)).isEqualTo(5);
    assertThat(load.deltaRecords()).isEqualTo(15);
  }

  @Test
  void refusesMoreConnectionsThanSites() {
    assertThatThrownBy(() -> new RawLoad(2, 3, 1, 1, 1)).hasMessageContaining("connections is 3");
  }
}

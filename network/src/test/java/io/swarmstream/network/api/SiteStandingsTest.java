package io.swarmstream.network.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.network.SiteStanding;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SiteStandingsTest {
  /** Who was left out once is not waited for any more, so that it is not left out again. */
  @Test
  void theSlowestIsInTheFewestRounds() {
    List<SiteStanding> sites =
        List.of(standing("in-time", 16, 0), standing("late", 14, 2), standing("absent", 1, 1));

    assertThat(sites.stream().sorted(Objects.requireNonNull(SiteStandings.ORDERS.get("slowest"))))
        .extracting(SiteStanding::site)
        .containsExactly("absent", "late", "in-time");
  }

  private static SiteStanding standing(String site, long rounds, long leftOut) {
    return new SiteStanding(
        site,
        null,
        false,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        0,
        0,
        rounds,
        rounds / 16.0,
        leftOut,
        null);
  }
}

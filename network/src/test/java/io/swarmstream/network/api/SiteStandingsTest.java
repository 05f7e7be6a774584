package io.swarmstream.network.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.network.SiteStanding;
import io.swarmstream.clients.network.SitesPage;
import io.swarmstream.network.history.RoundTotals;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

  @Test
  void theLaggardCostsTheOthersANotablePartOfARound() {
    List<SiteStanding> sites =
        List.of(behind("a", 0.0), behind("b", 700.0), behind("c", 2_500.0), behind("new", null));

    assertThat(SiteStandings.laggard(sites, rounds(11, 100))).hasValue(laggard("c", 2_500, 10_000));
    assertThat(SiteStandings.laggard(sites.subList(0, 2), rounds(11, 100))).isEmpty();
    assertThat(SiteStandings.laggard(sites.subList(0, 2), rounds(11, 20)))
        .hasValue(laggard("b", 700, 2_000));
    assertThat(SiteStandings.laggard(List.of(behind("a", 499.0)), rounds(11, 10))).isEmpty();
    assertThat(SiteStandings.laggard(sites, rounds(1, 0))).isEmpty();
  }

  private static SitesPage.Laggard laggard(String site, double behindMs, double roundMs) {
    return new SitesPage.Laggard(site, behindMs, roundMs);
  }

  private static RoundTotals rounds(long rounds, long seconds) {
    return new RoundTotals(
        rounds,
        Optional.of(rounds - 1),
        Optional.of(Instant.EPOCH),
        Optional.of(Instant.ofEpochSecond(seconds)),
        Optional.empty(),
        Optional.empty());
  }

  private static SiteStanding behind(String site, @Nullable Double behindMs) {
    return standing(site, 16, 0, behindMs);
  }

  private static SiteStanding standing(String site, long rounds, long leftOut) {
    return standing(site, rounds, leftOut, null);
  }

  private static SiteStanding standing(
      String site, long rounds, long leftOut, @Nullable Double behindMs) {
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
        behindMs,
        null);
  }
}

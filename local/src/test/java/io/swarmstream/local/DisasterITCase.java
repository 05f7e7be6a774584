package io.swarmstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.jobs.SwarmJobOptions;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.site.Merged;
import io.swarmstream.site.Sent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Parts are lost in the middle of a round; the training ends with the bits it would have had. */
class DisasterITCase {
  private static final int PARAMETERS = 1000;
  private static final int SITES = 3;

  private LocalSwarm swarm;

  /** What breaks, and how it is mended. */
  private interface Disaster {
    void strike() throws Exception;
  }

  @BeforeEach
  void start() throws Exception {
    swarm =
        LocalSwarm.start(
            new LocalSwarmOptions(2, 1, 1, SwarmJobOptions.DEFAULT_CHECKPOINT_INTERVAL));
  }

  @AfterEach
  void stop() {
    swarm.close();
  }

  @Test
  void survivesTheLossOfATaskManagerAnUpgradeAndARestartOfKafka() throws Exception {
    swarm.createContract(
        "c", ModelLayout.flat(PARAMETERS), "geomedian", SITES, Duration.ofSeconds(30), 300);
    try (Sites sites = Sites.join(swarm, "c", SITES)) {
      round(sites, 0, () -> {});
      round(
          sites,
          1,
          () -> swarm.cluster().flink().terminateTaskManager(0).get(30, TimeUnit.SECONDS));
      round(sites, 2, () -> swarm.cluster().upgrade(1));
      round(
          sites,
          3,
          () -> {
            swarm.broker().stop();
            swarm.broker().restart();
          });
      round(sites, 4, () -> {});
      assertEveryRoundIsAnchoredOnce(sites, 4);
    }
  }

  @Test
  void goesOnWithoutTheChainAndAnchorsInOrderWhenItIsBack() throws Exception {
    swarm.createContract(
        "c", ModelLayout.flat(PARAMETERS), "mean", SITES, Duration.ofSeconds(30), 300);
    try (Sites sites = Sites.join(swarm, "c", SITES)) {
      round(sites, 0, () -> {});
      Sites.awaitKept(swarm);
      swarm.anvil().kill();
      for (int round = 1; round <= 3; round++) {
        assertThat(round(sites, round, () -> {})).noneMatch(Merged::anchored);
      }
      swarm.anvil().restart();
      awaitAnchor(3);
      assertThat(round(sites, 4, () -> {})).allMatch(Merged::anchored);
      assertEveryRoundIsAnchoredOnce(sites, 4);
    }
  }

  /** One site contributes, then the disaster strikes, then the others contribute. */
  private static List<Merged> round(Sites sites, int round, Disaster disaster) throws Exception {
    float before = 2 * round;
    Sent sent =
        sites
            .site(0)
            .contribute(
                FlatVector.of(Sites.constant(PARAMETERS, before + 1)),
                Sites.report(),
                Sites.DEADLINE);
    Future<Merged> first = sites.start(() -> sites.site(0).await(sent, Sites.DEADLINE));
    disaster.strike();
    Future<Merged> second =
        sites.start(
            () ->
                sites
                    .site(1)
                    .sync(Sites.constant(PARAMETERS, before + 2), Sites.report(), Sites.DEADLINE));
    Merged third =
        sites.site(2).sync(Sites.constant(PARAMETERS, before + 3), Sites.report(), Sites.DEADLINE);
    List<Merged> all = List.of(first.get(), second.get(), third);
    for (Merged merged : all) {
      assertThat(merged.round()).isEqualTo(round);
      assertThat(merged.participated()).isTrue();
      assertThat(merged.weights()).isEqualTo(Sites.constant(PARAMETERS, before + 2));
    }
    return all;
  }

  private void assertEveryRoundIsAnchoredOnce(Sites sites, int newest) throws Exception {
    awaitAnchor(newest);
    for (long round = 0; round <= newest; round++) {
      assertThat(swarm.owner().anchors().anchor("c", round))
          .contains(sites.site(0).rounds().await(round, Sites.DEADLINE).anchor());
    }
    assertThat(swarm.owner().anchors().nextRound("c")).isEqualTo(newest + 1);
  }

  private void awaitAnchor(long round) {
    await("anchor of round " + round)
        .atMost(Sites.DEADLINE)
        .until(() -> swarm.owner().anchors().anchor("c", round).isPresent());
  }
}

package io.swarmstream.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class SimulatedSwarmTest {
  private static final SimulatedSwarm DEMO =
      SimulatedSwarm.ofDefaults(
          DemoDefaults.SITES, DemoDefaults.ROUNDS, DemoDefaults.SYNC_FREQUENCY, DemoDefaults.SEED);

  private static double pooled;
  private static double bestAlone;

  @BeforeAll
  static void trainWhatTheSwarmIsComparedWith() {
    pooled = DEMO.pooled();
    bestAlone = DEMO.bestAlone();
  }

  @Test
  void pooledTrainingIsABarWorthReaching() {
    assertThat(pooled).isGreaterThan(0.93);
  }

  @ParameterizedTest
  @EnumSource
  void theDemoBeatsEverySiteAloneAndKeepsUpWithPooledTraining(ReferenceMerge method) {
    double swarm = DEMO.swarm(method);

    assertThat(swarm).isGreaterThanOrEqualTo(pooled - 0.02);
    assertThat(swarm).isGreaterThanOrEqualTo(bestAlone + 0.10);
  }
}

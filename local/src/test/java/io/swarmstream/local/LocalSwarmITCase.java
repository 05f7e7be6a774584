package io.swarmstream.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.ModelLayout;
import io.swarmstream.site.Merged;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalSwarmITCase {
  private static final int PARAMETERS = 1000;
  private static LocalSwarm swarm;

  @BeforeAll
  static void start() throws Exception {
    long t = System.nanoTime();
    swarm = LocalSwarm.start(LocalSwarmOptions.defaults());
    System.err.println("SWARM UP " + (System.nanoTime() - t) / 1000000);
  }

  @AfterAll
  static void stop() {
    swarm.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mean", "coordmedian", "geomedian"})
  void mergesRoundsAndAnchorsThem(String method) throws Exception {
    swarm.createContract(
        "c-" + method, ModelLayout.flat(PARAMETERS), method, 2, Duration.ofSeconds(30), 300);
    try (Sites sites = Sites.join(swarm, "c-" + method, 3)) {
      float[] expected = new float[PARAMETERS];
      for (int round = 0; round < 8; round++) {
        long t = System.nanoTime();
        List<Merged> merged =
            sites.sync(
                site ->
                    plus(
                        sites.site(site).base().map(Merged::weights).orElse(new float[PARAMETERS]),
                        site + 1));
        System.err.println(
            method
                + " ROUND "
                + round
                + " "
                + (System.nanoTime() - t) / 1000000
                + " ms "
                + merged.get(0).anchored());
        plus(expected, 2);
        for (Merged model : merged) {
          assertThat(model.round()).isEqualTo(round);
          assertThat(model.participated()).isTrue();
          assertThat(model.anchored()).isTrue();
          assertThat(model.weights()).isEqualTo(expected);
        }
      }
    }
  }

  private static float[] plus(float[] weights, float delta) {
    for (int i = 0; i < weights.length; i++) {
      weights[i] += delta;
    }
    return weights;
  }
}

package io.swarmstream.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.SiteOptions;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.site.TrainingReport;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The training loop that the README shows; another test compares the two. */
class TrainingLoopITCase {
  private static final int ROUNDS = 3;

  @Test
  void syncsAsTheReadmeSays() throws Exception {
    try (LocalSwarm swarm = LocalSwarm.start(LocalSwarmOptions.defaults())) {
      swarm.createContract("digits", ModelLayout.flat(4), "mean", 1, Duration.ofSeconds(2), 4);
      swarm.enrol("digits", SiteKey.ofSeed(1), "hospital-a", 100);
      float[] weights = train(swarm.kafka(), swarm.chain(), SiteKey.ofSeed(1), new float[4]);
      assertThat(weights).containsExactly(ROUNDS, ROUNDS, ROUNDS, ROUNDS);
    }
  }

  private static float[] train(
      KafkaEndpoint kafka, ChainOptions chain, SiteKey key, float[] weights)
      throws InterruptedException {
    // region readme
    SiteOptions options = SiteOptions.of("digits", kafka, chain);
    try (SwarmSite site = SwarmSite.join(options, key)) {
      weights =
          site.begin(weights, TrainingReport.empty(), Duration.ofMinutes(5))
              .weights(); // or the newest model
      for (int round = 1; round <= ROUNDS; round++) {
        double loss = trainSomeBatches(weights); // yours
        weights =
            site.sync(weights, TrainingReport.ofLoss(loss), Duration.ofMinutes(5))
                .weights(); // merged, proven, anchored
      }
      site.leave(); // nobody waits for us any more
    }
    // endregion
    return weights;
  }

  private static double trainSomeBatches(float[] weights) {
    for (int i = 0; i < weights.length; i++) {
      weights[i] += 1;
    }
    return 0.5;
  }
}

package io.swarmstream.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.clients.kafka.log.DeltaProducer;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.Merged;
import io.swarmstream.site.SwarmSite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rounds go on where no checkpoint is ever due. */
class CheckpointOnWriteITCase {
  private static final int PARAMETERS = 1000;

  @Test
  void roundsDoNotWaitForTheNextCheckpoint(@TempDir Path folder) throws Exception {
    try (LocalSwarm swarm =
        LocalSwarm.start(new LocalSwarmOptions(1, 2, 0, Duration.ofHours(10)))) {
      swarm.createContract(
          "c", ModelLayout.flat(PARAMETERS), "geomedian", 2, Duration.ofSeconds(30), 300);
      SiteKey large = SiteKey.ofSeed(99);
      swarm.enrol("c", large, "keeps-its-model-in-a-file", 100);
      try (Sites sites = Sites.join(swarm, "c", 1);
          SwarmSite inFile =
              SwarmSite.join(swarm.siteOptions("c").withModelFolder(folder), large)) {
        for (int round = 0; round < 3; round++) {
          float[] weights = Sites.constant(PARAMETERS, round + 1);
          Future<Merged> other =
              sites.start(
                  () -> inFile.sync(FlatVector.of(weights), Sites.report(), Sites.DEADLINE));
          Merged merged = sites.sync(site -> weights).get(0);
          assertThat(merged.round()).isEqualTo(round);
          assertThat(merged.weights()).isEqualTo(weights);
          assertThat(other.get().weights()).isEqualTo(weights);
          assertThat(merged.times()).isPresent();
        }
      }
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void refusalsDoNotWaitForTheNextCheckpoint() throws Exception {
    try (LocalSwarm swarm =
        LocalSwarm.start(new LocalSwarmOptions(1, 2, 0, Duration.ofHours(10)))) {
      swarm.createContract(
          "c", ModelLayout.flat(PARAMETERS), "mean", 1, Duration.ofSeconds(30), 300);
      try (Sites sites = Sites.join(swarm, "c", 1);
          ContractLog log = ContractLog.ofAllSites(swarm.kafka(), "c", Sites.DEADLINE);
          DeltaProducer stranger = DeltaProducer.of(swarm.kafka())) {
        sites.sync(site -> Sites.constant(PARAMETERS, 1));
        for (int refusals = 1; refusals <= 3; refusals++) {
          int expected = refusals;
          stranger.send("c", "0", "garbage".getBytes(UTF_8));
          stranger.flush(Sites.DEADLINE);
          log.await(
              "rejection " + refusals,
              Sites.DEADLINE,
              () -> Optional.of(log.rejections().all()).filter(all -> all.size() == expected));
        }
      }
    }
  }
}

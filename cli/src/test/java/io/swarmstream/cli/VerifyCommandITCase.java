package io.swarmstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.local.LocalSwarm;
import io.swarmstream.local.LocalSwarmOptions;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.site.TrainingReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a swarm that runs. */
class VerifyCommandITCase {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  @Test
  void provesATrainingAndSaysSo(@TempDir Path folder) throws Exception {
    try (LocalSwarm swarm = LocalSwarm.start(LocalSwarmOptions.defaults())) {
      swarm.createContract("digits", ModelLayout.flat(10), "mean", 1, Duration.ofSeconds(2), 4);
      SiteKey key = SiteKey.ofSeed(1);
      swarm.enrol("digits", key, "hospital-a", 100);
      try (SwarmSite site = swarm.join("digits", key)) {
        TrainingReport report = TrainingReport.ofLoss(0.5).withSamples(64).withEpochs(1, 10);
        site.sync(new float[10], report, DEADLINE);
        site.sync(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, report, DEADLINE);
      }
      Path file = folder.resolve("swarm.properties");
      Files.writeString(
          file,
          "kafka="
              + swarm.kafka().bootstrapServers()
              + "\nchain="
              + swarm.chain().rpcUrl()
              + "\ntraining-contracts="
              + swarm.chain().trainingContracts()
              + "\nround-anchors="
              + swarm.chain().roundAnchors()
              + "\n");

      Ran text = Ran.swarm("verify", "--contract", "digits", "--all", "--swarm", file.toString());
      assertThat(text.out())
          .as(text.err())
          .contains("sent as float32", "hospital-a", "2 of 2 rounds proven");
      assertThat(text.code()).isZero();
      assertThat(text.err()).contains("replaying rounds 0 to 1");

      Ran json =
          Ran.swarm(
              "verify",
              "--contract",
              "digits",
              "--round",
              "1",
              "--swarm",
              folder.toString(),
              "--json");
      assertThat(json.code()).as(json.err()).isZero();
      JsonNode tree = new ObjectMapper().readTree(json.out());
      assertThat(tree.get("verdict").asText()).isEqualTo("proven");
      assertThat(tree.at("/rounds/0/round").asInt()).isEqualTo(1);
      assertThat(tree.at("/rounds/0/replayedBytes").asInt()).isEqualTo(40);

      Ran unsealed =
          Ran.swarm("verify", "--contract", "digits", "--round", "2", "--swarm", folder.toString());
      assertThat(unsealed.code()).isEqualTo(1);
      assertThat(unsealed.err()).contains("no round 2 yet; the newest is 1");
    }
  }
}

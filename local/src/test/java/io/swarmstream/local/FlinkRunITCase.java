package io.swarmstream.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.chain.ChainClient;
import io.swarmstream.chain.ChainDeployment;
import io.swarmstream.chain.ChainOptions;
import io.swarmstream.embedded.Anvil;
import io.swarmstream.embedded.EmbeddedKafka;
import io.swarmstream.kafka.KafkaEndpoint;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.ModelLayout;
import io.swarmstream.schemas.SiteKey;
import io.swarmstream.site.Merged;
import io.swarmstream.site.SiteOptions;
import io.swarmstream.site.SwarmSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job's jar, submitted with Flink's own command line to a cluster of processes. */
class FlinkRunITCase {
  private static final Path ROOT = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
  private static final Path DEPLOY = ROOT.resolve("deploy/flink");
  private static final ModelLayout LAYOUT = ModelLayout.flat(100);

  @TempDir Path folder;

  @Test
  void takesTheJarAndTrains() throws Exception {
    try (EmbeddedKafka broker = EmbeddedKafka.start();
        Anvil anvil = Anvil.start();
        FlinkProcesses flink = FlinkProcesses.start(DEPLOY, folder)) {
      SiteKey owner = SiteKey.ofHex(anvil.devKeys().get(0));
      SiteKey coordinator = SiteKey.ofHex(anvil.devKeys().get(1));
      Path keyFile = Files.writeString(folder.resolve("coordinator.key"), anvil.devKeys().get(1));
      ChainOptions chain = ChainDeployment.deploy(anvil.url(), owner);
      KafkaEndpoint kafka = KafkaEndpoint.of(broker.bootstrapServers());

      assertThat(flink.run(jar(), List.of("--help"))).as(flink.log("client")).isZero();
      assertThat(flink.log("client")).contains("--coordinator-key-file");
      assertThat(flink.run(jar(), List.of("--kafka", broker.bootstrapServers()))).isEqualTo(2);
      assertThat(flink.log("client")).contains("--chain");

      int exit =
          flink.run(
              jar(),
              List.of(
                  "--kafka", broker.bootstrapServers(),
                  "--chain", anvil.url(),
                  "--training-contracts", chain.trainingContracts(),
                  "--round-anchors", chain.roundAnchors(),
                  "--coordinator-key-file", keyFile.toString(),
                  "--checkpoint-dir", folder.resolve("checkpoints").toUri().toString(),
                  "--discovery-interval-ms", "500"));
      assertThat(exit).as(flink.log("client")).isZero();

      try (ChainClient client = ChainClient.signing(chain, owner)) {
        ContractTerms terms =
            new ContractTerms(
                "run", client.network(), "geomedian", 2, 5_000, 100, 30, LAYOUT.hash().hex());
        client.createContract(terms, LAYOUT, coordinator.address());
        for (int seed = 1; seed <= 2; seed++) {
          client.enrolSite("run", SiteKey.ofSeed(seed).address(), "site-" + seed, 10);
        }
      }
      SiteOptions options = SiteOptions.of("run", kafka, chain);
      try (SwarmSite one = SwarmSite.join(options, SiteKey.ofSeed(1));
          SwarmSite two = SwarmSite.join(options, SiteKey.ofSeed(2))) {
        for (int round = 0; round < 2; round++) {
          assertThat(syncBoth(one, two, 2 * round))
              .allMatch(Merged::participated)
              .allMatch(Merged::anchored);
          assertThat(two.base().orElseThrow().weights())
              .isEqualTo(Sites.constant(100, 2 * round + 2));
        }
      }
    }
  }

  private static List<Merged> syncBoth(SwarmSite one, SwarmSite two, float before)
      throws Exception {
    Thread other =
        new Thread(
            () -> {
              try {
                one.sync(Sites.constant(100, before + 1), Sites.header(), Sites.DEADLINE);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    other.start();
    Merged second = two.sync(Sites.constant(100, before + 3), Sites.header(), Sites.DEADLINE);
    other.join();
    return List.of(one.base().orElseThrow(), second);
  }

  private static Path jar() throws Exception {
    try (Stream<Path> jars = Files.list(ROOT.resolve("jobs/target"))) {
      return jars.filter(jar -> jar.toString().endsWith("-flink.jar")).findFirst().orElseThrow();
    }
  }
}

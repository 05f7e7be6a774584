package io.swarmstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.examples.FirstTraining;
import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.RoundParticipant;
import io.swarmstream.site.SwarmSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that README.md and docs/java.md show; other tests compare them with it. */
class TrainingLoopITCase {
  private static final ModelLayout LINE =
      new ModelLayout(List.of(new TensorShape("line", List.of(2L))));

  private static final List<String> NAMES = List.of("hospital-a", "hospital-b");

  @TempDir private Path folder;

  @Test
  void twoSitesFindTheLine() throws Exception {
    try (LocalSwarm swarm = LocalSwarm.start(LocalSwarmOptions.defaults())) {
      prepare(swarm);
      runAtBothSites();
      assertFound(swarm);
    }
  }

  private void prepare(LocalSwarm swarm) throws Exception {
    swarm.createContract("line", LINE, "mean", 2, Duration.ofSeconds(30), 4);
    new SwarmProperties(
            swarm.kafka().bootstrapServers(),
            swarm.chain().rpcUrl(),
            swarm.chain().trainingContracts(),
            swarm.chain().roundAnchors())
        .writeTo(folder);
    for (int i = 0; i < NAMES.size(); i++) {
      swarm.enrol("line", SiteKey.ofHex(key(i)), NAMES.get(i), 1);
    }
    Sites.awaitKnown(swarm, "line", NAMES);
  }

  private void runAtBothSites() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(NAMES.size());
    try {
      List<Future<?>> programs = new ArrayList<>();
      for (int i = 0; i < NAMES.size(); i++) {
        Path file = Files.writeString(folder.resolve(NAMES.get(i) + ".key"), key(i) + "\n");
        programs.add(
            threads.submit(
                () -> {
                  FirstTraining.main(
                      new String[] {
                        folder.resolve(SwarmProperties.FILE).toString(), "line", file.toString()
                      });
                  return file;
                }));
      }
      for (Future<?> program : programs) {
        program.get(2, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void assertFound(LocalSwarm swarm) throws Exception {
    try (SwarmSite site = swarm.join("line", SiteKey.ofHex(key(0)))) {
      float[] line = site.base().orElseThrow().weights();
      assertThat(line[0]).isCloseTo(3, within(0.01f));
      assertThat(line[1]).isCloseTo(-1, within(0.01f));
      assertThat(site.rounds().newest().orElseThrow().participants())
          .extracting(RoundParticipant::name)
          .containsExactlyInAnyOrderElementsOf(NAMES);
      assertThat(site.rounds().newest().orElseThrow().participants())
          .allSatisfy(in -> assertThat(in.report().samples()).isEqualTo(100));
    }
  }

  private static String key(int site) {
    return String.format("%064x", 0xABCL + site);
  }
}

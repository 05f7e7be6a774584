package io.swarmstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.examples.FirstTraining;
import io.swarmstream.examples.PersonalHead;
import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.schemas.safetensors.SafetensorsHeader;
import io.swarmstream.schemas.safetensors.TensorEntry;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.RoundParticipant;
import io.swarmstream.site.RoundSummary;
import io.swarmstream.site.SwarmSite;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that README.md and docs/java.md show; other tests compare them with these. */
class TrainingLoopITCase {
  private static final ModelLayout LINE =
      new ModelLayout(List.of(new TensorShape("line", List.of(2L))));

  private static final List<String> NAMES = List.of("hospital-a", "hospital-b");

  private static final ModelLayout SLOPES = ModelLayout.parse("body.slopes:2");

  @TempDir private Path folder;

  private static LocalSwarm swarm;

  @BeforeAll
  static void start() throws Exception {
    swarm = LocalSwarm.start(LocalSwarmOptions.defaults());
  }

  @AfterAll
  static void stop() {
    swarm.close();
  }

  /** A site's program; its number is that of its name. */
  private interface Program {
    void run(int site, String[] arguments) throws Exception;
  }

  @Test
  void twoSitesFindTheLine() throws Exception {
    prepare("line", LINE);
    runAtBothSites("line", (site, arguments) -> FirstTraining.main(arguments));

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

  @Test
  void twoSitesShareABodyKeepTheirHeadsAndStopTogether() throws Exception {
    prepare("slopes", SLOPES);
    runAtBothSites(
        "slopes",
        (site, arguments) ->
            PersonalHead.main(
                Stream.concat(Stream.of(arguments), Stream.of(best(site).toString()))
                    .toArray(String[]::new)));

    long stopped;
    try (SwarmSite site = swarm.join("slopes", SiteKey.ofHex(key(0)))) {
      RoundSummary last = site.rounds().newest().orElseThrow();
      assertThat(last.endsTraining()).isTrue();
      assertThat(last.participants()).hasSize(2);
      stopped = last.round() - 1;
      RoundSummary before = site.rounds().find(stopped).orElseThrow();
      assertThat(before.participants())
          .hasSize(2)
          .allSatisfy(in -> assertThat(in.report().checkIn()).contains(CheckIn.TRAINING))
          .allSatisfy(in -> assertThat(in.report().weight()).isBetween(75, 150))
          .allSatisfy(in -> assertThat(in.report().metric()).isBetween(0.5, 1.0));
      float[] slopes = site.base().orElseThrow().weights();
      assertThat(slopes[0]).isCloseTo(3, within(0.2f));
      assertThat(slopes[1]).isCloseTo(-2, within(0.2f));
    }
    List<Float> heads = new ArrayList<>();
    for (int site = 0; site < NAMES.size(); site++) {
      heads.add(head(best(site), stopped));
    }
    assertThat(Math.abs(heads.get(0) - heads.get(1))).isGreaterThan(0.5f);
  }

  /** The value of the head in a file of a best model, which is of one of the rounds. */
  private static float head(Path file, long lastRound) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      SafetensorsHeader header = SafetensorsHeader.read(in);
      assertThat(Long.parseLong(header.metadata().get("round"))).isBetween(1L, lastRound);
      assertThat(header.tensors())
          .extracting(TensorEntry::name)
          .containsExactly("body.slopes", "head.offset");
      ByteBuffer values = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      return values.getFloat(2 * Float.BYTES);
    }
  }

  private Path best(int site) {
    return folder.resolve(NAMES.get(site) + ".safetensors");
  }

  private void prepare(String contract, ModelLayout layout) throws Exception {
    swarm.createContract(contract, layout, "mean", 2, Duration.ofSeconds(30), 4);
    new SwarmProperties(
            swarm.kafka().bootstrapServers(),
            swarm.chain().rpcUrl(),
            swarm.chain().trainingContracts(),
            swarm.chain().roundAnchors())
        .writeTo(folder);
    for (int i = 0; i < NAMES.size(); i++) {
      swarm.enrol(contract, SiteKey.ofHex(key(i)), NAMES.get(i), 1000);
    }
    Sites.awaitKnown(swarm, contract, NAMES);
  }

  private void runAtBothSites(String contract, Program program) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(NAMES.size());
    try {
      List<Future<?>> programs = new ArrayList<>();
      for (int i = 0; i < NAMES.size(); i++) {
        int site = i;
        Path file = Files.writeString(folder.resolve(NAMES.get(i) + ".key"), key(i) + "\n");
        String[] arguments = {
          folder.resolve(SwarmProperties.FILE).toString(), contract, file.toString()
        };
        programs.add(
            threads.submit(
                () -> {
                  program.run(site, arguments);
                  return file;
                }));
      }
      for (Future<?> each : programs) {
        each.get(2, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static String key(int site) {
    return String.format("%064x", 0xABCL + site);
  }
}

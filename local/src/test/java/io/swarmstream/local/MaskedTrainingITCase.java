package io.swarmstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.embedded.EmbeddedKafka;
import io.swarmstream.local.DishonestKafka.Logged;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.wire.AvroBytes;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.site.Merged;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.verification.RoundVerdict.Status;
import io.swarmstream.verification.Verification;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four sites mask their deltas, on real Kafka and Flink; one of them dies in the middle. */
class MaskedTrainingITCase {
  private static final int PARAMETERS = 1000;
  private static final int CHUNK_VALUES = 300;
  private static final String CONTRACT = "masked";
  private static final int SITES = 4;

  /**
   * What the sites add in each round, in hundredths; their mean is 2.5 of all, 2 of the first 3.
   */
  private static final int[] STEPS = {1, 2, 3, 4};

  private static final int LOST_ROUND = 2;

  @TempDir private static Path folder;

  private static LocalSwarm swarm;
  private static EmbeddedKafka broker;
  private static List<Logged> truth;
  private static final List<Merged> SEEN = new ArrayList<>();

  /** The last value of each of these models, which sites keep only while they are the newest. */
  private static final List<Float> VALUES = new ArrayList<>();

  @BeforeAll
  static void train() throws Exception {
    broker = EmbeddedKafka.start();
    swarm = LocalSwarm.start(LocalSwarmOptions.defaults());
    ModelLayout layout = ModelLayout.flat(PARAMETERS);
    swarm.createContract(
        new ContractTerms(
                CONTRACT,
                swarm.owner().network(),
                "mean",
                3,
                10_000,
                PARAMETERS,
                CHUNK_VALUES,
                DeltaEncoding.FLOAT32,
                layout.hash().hex())
            .withPrivacy(Privacy.of("masked(range=2)")),
        layout);
    MaskedSwarm.enrol(swarm, CONTRACT, SITES);
    List<SwarmSite> sites = new ArrayList<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      for (int site = 0; site < SITES; site++) {
        sites.add(MaskedSwarm.join(swarm, CONTRACT, folder, site));
      }
      for (int round = 0; round < LOST_ROUND; round++) {
        SEEN.add(sync(threads, sites));
      }
      String lost = MaskedSwarm.key(SITES - 1).address();
      var unused = MaskedSwarm.cohort(swarm, CONTRACT, LOST_ROUND, cohort -> cohort.has(lost));
      sites.remove(SITES - 1).close(); // it has offered, and says nothing more
      SEEN.add(sync(threads, sites));
      sites.add(MaskedSwarm.join(swarm, CONTRACT, folder, SITES - 1));
      while (SEEN.get(SEEN.size() - 1).summary().participants().size() < SITES && SEEN.size() < 8) {
        SEEN.add(sync(threads, sites));
      }
      float[] merged = sites.get(0).base().orElseThrow().weights();
      assertThatThrownBy(
              () -> sites.get(0).sync(merged, Sites.report().withWeight(0), Sites.DEADLINE))
          .hasMessageContaining("hides no other");
    } finally {
      threads.shutdownNow();
      sites.forEach(SwarmSite::close);
    }
    truth = DishonestKafka.read(swarm.kafka(), CONTRACT);
  }

  private static Merged sync(ExecutorService threads, List<SwarmSite> sites) throws Exception {
    Merged merged = MaskedSwarm.sync(threads, sites, PARAMETERS, number -> STEPS[number] / 100f);
    VALUES.add(merged.weights()[PARAMETERS - 1]);
    return merged;
  }

  @AfterAll
  static void stop() {
    swarm.close();
    broker.close();
  }

  @Test
  void mergesTheMeanOfThoseWhoAreIn() {
    double model = 0;
    for (int i = 0; i < SEEN.size(); i++) {
      model += SEEN.get(i).summary().participants().size() == SITES ? 0.025 : 0.02;
      assertThat((double) VALUES.get(i)).as("model of round %d", i).isCloseTo(model, within(1e-5));
    }
  }

  @Test
  void goesOnWithoutTheSiteThatDiedAndTakesItBack() {
    assertThat(SEEN.get(LOST_ROUND).summary().participants()).hasSize(SITES - 1);
    assertThat(record(LOST_ROUND).getMaskMembers()).hasSize(SITES);
    assertThat(SEEN.get(SEEN.size() - 1).summary().participants()).hasSize(SITES);
  }

  @Test
  void isProvenWhole() throws Exception {
    Verification all = verify(swarm.kafka());

    assertThat(all.status()).as(all.toString()).isEqualTo(Status.PROVEN);
    assertThat(all.rounds()).hasSize(SEEN.size());
  }

  @Test
  void findsAFlippedBitOfAMaskedDelta() throws Exception {
    findsIn(
        1,
        DishonestKafka.altered(
            truth, each -> DishonestKafka.isDelta(each, 1), DishonestKafka::flippedDelta));
  }

  @Test
  void findsAFlippedBitOfTheUnmaskedModel() throws Exception {
    ContractTerms terms = swarm.owner().registry().terms(CONTRACT).orElseThrow();
    findsIn(
        LOST_ROUND,
        DishonestKafka.altered(
            truth,
            each ->
                each.topic() == Topic.MODELS
                    && DishonestKafka.modelChunk(each).getRound() == LOST_ROUND,
            each -> DishonestKafka.flippedChunk(each, terms)));
  }

  /** Chi square of all bytes of a site's payloads: 255 on average, and its deviation is 23. */
  @Test
  void whatASiteSendsLooksRandom() {
    Map<String, int[]> counts = new HashMap<>();
    DishonestKafka.of(truth, Topic.DELTAS)
        .filter(each -> WireFormat.DELTA_CHUNK.frames(each.value()))
        .map(DishonestKafka::deltaChunk)
        .forEach(
            chunk -> {
              int[] ofSite = counts.computeIfAbsent(chunk.getSite(), site -> new int[256]);
              for (byte each : AvroBytes.of(chunk.getPayload())) {
                ofSite[each & 0xff]++;
              }
            });
    assertThat(counts).hasSize(SITES);
    counts.forEach(
        (site, bytes) -> {
          double expected = Arrays.stream(bytes).sum() / 256.0;
          double chiSquare =
              Arrays.stream(bytes).mapToDouble(n -> (n - expected) * (n - expected)).sum()
                  / expected;
          assertThat(chiSquare).as("chi square of %s", site).isBetween(255.0 - 140, 255.0 + 180);
        });
  }

  /**
   * Each site's delta for round 0 is one value in all places. The files of the broker, of Flink
   * with its checkpoints, and of the chain have the merged model, whose values are all the same,
   * too, and none of the deltas, neither as sent without masks nor as integers of any scale.
   */
  @Test
  void noFileOfWhoeverRunsTheJobHasADelta() throws Exception {
    Set<Integer> repeated = repeatedWords(Objects.requireNonNull(swarm.chainFile().getParent()));

    assertThat(repeated).contains(Float.floatToIntBits(VALUES.get(0)));
    for (int step : STEPS) {
      float delta = step / 100f;
      assertThat(repeated).doesNotContain(Float.floatToIntBits(delta));
      for (int exponent = 16; exponent < 31; exponent++) {
        assertThat(repeated).doesNotContain((int) Math.rint(delta * Math.scalb(1.0, exponent)));
      }
    }
  }

  /** All little-endian words that are somewhere eight times in a row. */
  private static Set<Integer> repeatedWords(Path all) throws IOException {
    Set<Integer> words = new HashSet<>();
    try (Stream<Path> files = Files.walk(all)) {
      for (Path file : files.filter(MaskedTrainingITCase::mayHoldWeights).toList()) {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] array = bytes.array();
        int run = 0;
        for (int i = Integer.BYTES; i < array.length; i++) {
          run = array[i] == array[i - Integer.BYTES] ? run + 1 : 0;
          if (run >= 7 * Integer.BYTES) {
            words.add(bytes.getInt(i - Integer.BYTES + 1));
          }
        }
      }
    }
    return words;
  }

  /** Kafka's indices are mostly holes, and closing a lock's file would end this process's lock. */
  private static boolean mayHoldWeights(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file) && !name.endsWith("index") && !name.endsWith("lock");
  }

  private void findsIn(int round, List<Logged> lie) throws Exception {
    try (DishonestKafka kafka = DishonestKafka.serve(broker, CONTRACT, truth, all -> lie)) {
      Verification all = verify(kafka.endpoint());

      assertThat(all.rounds().get(round).status()).as(all.toString()).isEqualTo(Status.FAILED);
    }
  }

  private Verification verify(KafkaEndpoint kafka) throws Exception {
    return TrainingProof.of(
        CONTRACT, OptionalLong.empty(), kafka, swarm.chain(), folder.resolve("verify"));
  }

  private static RoundRecord record(long round) {
    return DishonestKafka.roundRecords(truth).stream()
        .filter(record -> record.getRound() == round)
        .findFirst()
        .orElseThrow();
  }
}

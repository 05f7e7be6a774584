package io.swarmstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.local.DishonestKafka.Logged;
import io.swarmstream.local.proof.LocalVerifier;
import io.swarmstream.network.proof.RoundVerifier;
import io.swarmstream.schemas.AdaptiveClip;
import io.swarmstream.schemas.ClipTensor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.PrivacyLoss;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.safetensors.SafetensorsHeader;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.site.Merged;
import io.swarmstream.site.PrivacyException;
import io.swarmstream.site.RoundParticipant;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.site.TrainingReport;
import io.swarmstream.verification.RoundVerdict.Status;
import io.swarmstream.verification.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training with clipping and noise, on real Kafka and Flink. */
class PrivateTrainingITCase {
  private static final int PARAMETERS = 5000;
  private static final int SITES = 2;
  private static final int ROUNDS = 3;
  private static final double CLIP = 2;
  private static final double NOISE = 0.5;
  private static final String PRIVACY = "dp(clip=2,noise=0.5)";

  /** Longer than the clip: a site asks for a step of 1 in each value. */
  private static final float STEP = 1;

  private static LocalSwarm swarm;
  private static final List<List<Merged>> MERGED = new ArrayList<>();
  private static final List<float[]> MODELS = new ArrayList<>();
  private static final List<PrivacyLoss> LOSSES = new ArrayList<>();

  @TempDir private Path temporary;

  @BeforeAll
  static void train() throws Exception {
    swarm = LocalSwarm.start(LocalSwarmOptions.defaults());
    create("private");
    try (Sites sites = Sites.join(swarm, "private", SITES)) {
      float[] model = Sites.constant(PARAMETERS, 0.5f);
      for (int round = 0; round <= ROUNDS; round++) {
        float[] trained = model;
        List<Merged> merged = sites.sync(site -> trained);
        MERGED.add(merged);
        float[] next = merged.get(0).weights();
        MODELS.add(next);
        LOSSES.add(sites.site(0).privacyLoss().orElseThrow());
        model = next.clone();
        for (int i = 0; i < model.length; i++) {
          model[i] += STEP;
        }
      }
    }
  }

  private static void create(String contract) throws Exception {
    create(contract, ModelLayout.flat(PARAMETERS), SITES, Privacy.of(PRIVACY));
  }

  private static void createAdaptive(String contract, int trained, int minPeers, String privacy)
      throws Exception {
    Privacy adaptive = Privacy.of(privacy);
    create(contract, ClipTensor.whole(adaptive, ModelLayout.flat(trained)), minPeers, adaptive);
  }

  private static void create(String contract, ModelLayout layout, int minPeers, Privacy privacy)
      throws Exception {
    swarm.createContract(
        new ContractTerms(
                contract,
                swarm.owner().network(),
                "mean",
                minPeers,
                30_000,
                layout.parameterCount(),
                1_500,
                DeltaEncoding.FLOAT32,
                layout.hash().hex())
            .withPrivacy(privacy),
        layout);
  }

  @AfterAll
  static void stop() {
    swarm.close();
  }

  /** Six deviations of the estimates: they are exceeded once in five hundred million runs. */
  @Test
  void addsTheClippedStepsAndTheNoiseOfAllSites() {
    assertThat(MODELS.get(0)).isEqualTo(Sites.constant(PARAMETERS, 0.5f));
    double clipped = CLIP / Math.sqrt(PARAMETERS);
    double deviation = NOISE * CLIP / SITES;
    for (int round = 1; round <= ROUNDS; round++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < PARAMETERS; i++) {
        double noise = MODELS.get(round)[i] - MODELS.get(round - 1)[i] - clipped;
        sum += noise;
        squares += noise * noise;
      }
      assertThat(sum / PARAMETERS).isCloseTo(0, within(6 * deviation / Math.sqrt(PARAMETERS)));
      assertThat(squares / PARAMETERS / (deviation * deviation))
          .isCloseTo(1, within(6 * Math.sqrt(2.0 / PARAMETERS)));
    }
  }

  @Test
  void addsOtherNoiseAtEachSite() {
    for (List<Merged> round : MERGED.subList(1, MERGED.size())) {
      assertThat(round.get(0).summary().participants())
          .extracting(RoundParticipant::contribution)
          .doesNotHaveDuplicates()
          .hasSize(SITES);
    }
  }

  @Test
  void tellsNothingThatWasComputedFromTheData() {
    for (List<Merged> round : MERGED) {
      assertThat(round.get(0).summary().participants())
          .extracting(RoundParticipant::report)
          .extracting(TrainingReport::loss, TrainingReport::metric, TrainingReport::samples)
          .containsOnly(tuple(Double.NaN, Double.NaN, 0L));
    }
  }

  /** The length and direction of one delta are more than the sum tells. */
  @Test
  void recordsNoFiguresOfSingleDeltas() throws Exception {
    List<RoundRecord> records =
        DishonestKafka.roundRecords(
            DishonestKafka.read(swarm.kafka(), "private", List.of(Topic.ROUNDS)));

    assertThat(records).hasSize(ROUNDS + 1);
    assertThat(records).allMatch(record -> record.getNorms().isEmpty());
    assertThat(records).allMatch(record -> record.getCosines().isEmpty());
  }

  @Test
  void countsWhatEachRoundGivesAway() {
    assertThat(LOSSES)
        .containsExactly(
            PrivacyLoss.of(NOISE, 1e-5, 0),
            PrivacyLoss.of(NOISE, 1e-5, 1),
            PrivacyLoss.of(NOISE, 1e-5, 2),
            PrivacyLoss.of(NOISE, 1e-5, 3));
  }

  @Test
  void isProvenWholeAndAFlippedBitIsFound() throws Exception {
    isProven("private", ROUNDS + 1);
    findsIn("private", 2, each -> DishonestKafka.isDelta(each, 2), DishonestKafka::flippedDelta);
  }

  /**
   * One of two deltas is longer than the clip, then both. The trainers' values fill the chunks, so
   * the clip's has one to itself.
   */
  @Test
  void movesAnAdaptiveClipByWhatTheDeltasSay() throws Exception {
    int trained = 3000;
    createAdaptive("adaptive", trained, SITES, "dp(clip=2,noise=0,quantile=0.75)");
    List<Double> clips = new ArrayList<>();
    float[] model = new float[trained];
    try (Sites sites = Sites.join(swarm, "adaptive", SITES)) {
      assertThat(sites.site(0).layout()).isEqualTo(ModelLayout.flat(trained));
      for (float shorter : new float[] {0, 0.01f, STEP, 0}) {
        float[] base = model;
        List<Merged> merged =
            sites.sync(site -> clips.isEmpty() ? base : moved(base, site == 0 ? shorter : STEP));
        clips.add(merged.get(0).clip().orElseThrow());
        model = merged.get(0).weights();
        assertThat(model).hasSize(trained);
        assertThat(merged.get(0).summary().parameterCount()).isEqualTo(trained);
        if (shorter == STEP) { // both of the clip's length
          assertThat((double) model[0] - base[0])
              .isCloseTo(clips.get(1) / Math.sqrt(trained), within(1e-6));
        }
      }
    }

    // 0.2 (0.75 - 1/2), then 0.2 (0.75 - 0); a delta of zeros says nothing.
    assertThat(clips.get(0)).isEqualTo(2);
    assertThat(clips.get(1)).isCloseTo(2 * Math.exp(0.05), within(1e-6));
    assertThat(clips.get(2)).isCloseTo(2 * Math.exp(0.2), within(1e-6));
    assertThat(clips.get(3)).isCloseTo(2 * Math.exp(0.2 + 0.075), within(1e-6));
    isProven("adaptive", 4);
    ContractTerms terms = swarm.owner().registry().terms("adaptive").orElseThrow();
    findsIn(
        "adaptive",
        2,
        each -> each.topic() == Topic.MODELS && isClip(DishonestKafka.modelChunk(each), 2),
        each -> DishonestKafka.flippedChunk(each, terms));
    Path file = temporary.resolve("model.safetensors");
    new LocalVerifier()
        .export(
            new RoundVerifier.Place(swarm.kafka(), swarm.chain()),
            "adaptive",
            OptionalLong.empty(),
            file);
    byte[] bytes = Files.readAllBytes(file);
    int values = bytes.length - trained * Float.BYTES;
    assertThat(Arrays.copyOf(bytes, values))
        .isEqualTo(SafetensorsHeader.ofFloats(ModelLayout.flat(trained)));
    assertThat(FloatCodec.decode(Arrays.copyOfRange(bytes, values, bytes.length))).isEqualTo(model);
  }

  private static float[] moved(float[] base, float step) {
    float[] weights = base.clone();
    for (int i = 0; i < weights.length; i++) {
      weights[i] += step;
    }
    return weights;
  }

  /**
   * All deltas are longer than the clip. Six deviations of the noise in the mean of three steps.
   */
  @Test
  void movesAnAdaptiveClipUnderMasks() throws Exception {
    int sites = 3;
    String privacy = "dp(clip=1,noise=0.5,quantile=0.5)+masked(range=8)";
    AdaptiveClip clip = AdaptiveClip.of(Privacy.of(privacy), sites).orElseThrow();
    createAdaptive("unseen", 1000, sites, privacy);
    MaskedSwarm.enrol(swarm, "unseen", sites);
    List<SwarmSite> joined = new ArrayList<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      for (int site = 0; site < sites; site++) {
        joined.add(MaskedSwarm.join(swarm, "unseen", temporary, site));
      }
      assertThat(MaskedSwarm.sync(threads, joined, 1000, site -> 0f).clip()).contains(1.0);
      double moved =
          Math.log(MaskedSwarm.sync(threads, joined, 1000, site -> STEP).clip().orElseThrow());

      assertThat(moved)
          .isCloseTo(0.1, within(6 * clip.stepDeviation() / Math.sqrt(sites)))
          .isNotCloseTo(0.1, within(1e-6));
    } finally {
      threads.shutdownNow();
      joined.forEach(SwarmSite::close);
    }
    isProven("unseen", 2);
  }

  private static boolean isClip(ModelChunk chunk, long round) {
    return chunk.getRound() == round && chunk.getChunkIndex() == chunk.getChunkCount() - 1;
  }

  private void findsIn(
      String contract, int round, Predicate<Logged> which, Function<Logged, byte[]> altered)
      throws Exception {
    List<Logged> truth = DishonestKafka.read(swarm.kafka(), contract);
    List<Logged> lie = DishonestKafka.altered(truth, which, altered);
    Path folder = temporary.resolve("lie-" + contract);
    Verification all = TrainingProof.ofLie(contract, truth, lie, swarm.chain(), folder);
    assertThat(all.rounds().get(round).status()).as(all.toString()).isEqualTo(Status.FAILED);
  }

  private void isProven(String contract, int rounds) throws Exception {
    Verification all =
        TrainingProof.of(
            contract,
            OptionalLong.empty(),
            swarm.kafka(),
            swarm.chain(),
            temporary.resolve("verify-" + contract));
    assertThat(all.status()).as(all.toString()).isEqualTo(Status.PROVEN);
    assertThat(all.rounds()).hasSize(rounds);
  }

  @Test
  void doesNotBeginFromDifferentModels() throws Exception {
    create("unequal");
    try (Sites sites = Sites.join(swarm, "unequal", SITES)) {
      assertThatThrownBy(() -> sites.sync(site -> Sites.constant(PARAMETERS, site)))
          .hasCauseInstanceOf(PrivacyException.class)
          .hasMessageContaining("began from 2 different models");
    }
  }
}

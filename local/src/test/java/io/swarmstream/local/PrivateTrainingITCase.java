package io.swarmstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.PrivacyLoss;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.site.Merged;
import io.swarmstream.site.PrivacyException;
import io.swarmstream.site.RoundParticipant;
import io.swarmstream.site.TrainingReport;
import io.swarmstream.verification.RoundVerdict.Status;
import io.swarmstream.verification.Verification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
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
    ModelLayout layout = ModelLayout.flat(PARAMETERS);
    swarm.createContract(
        new ContractTerms(
                contract,
                swarm.owner().network(),
                "mean",
                SITES,
                30_000,
                PARAMETERS,
                1_500,
                DeltaEncoding.FLOAT32,
                layout.hash().hex())
            .withPrivacy(Privacy.of(PRIVACY)),
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
  void isProvenWhole() throws Exception {
    Verification all =
        TrainingProof.of("private", OptionalLong.empty(), swarm.kafka(), swarm.chain(), temporary);

    assertThat(all.status()).as(all.toString()).isEqualTo(Status.PROVEN);
    assertThat(all.rounds()).hasSize(ROUNDS + 1);
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

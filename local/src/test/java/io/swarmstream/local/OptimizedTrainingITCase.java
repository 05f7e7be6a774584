package io.swarmstream.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.embedded.EmbeddedKafka;
import io.swarmstream.local.DishonestKafka.Logged;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.verification.Finding;
import io.swarmstream.verification.RoundVerdict.Status;
import io.swarmstream.verification.Verification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A training with an optimizer, on real Kafka and Flink, is what its definition says. */
class OptimizedTrainingITCase {
  private static final int PARAMETERS = 1000;
  private static final int CHUNK_VALUES = 300;
  private static final int CHUNKS = 4;
  private static final String CONTRACT = "optimized";

  /** Whatever a site adds in a round; the sites of a round add the same. */
  private static final float[] DELTAS = {1, 2, 4, 8};

  /** With momentum 0.5 and rate 1: the initial 1, then steps of 2, 5 and 10.5. */
  private static final float[] MODELS = {1, 3, 8, 18.5f};

  private static LocalSwarm swarm;
  private static EmbeddedKafka broker;
  private static List<Logged> truth;
  private static final List<float[]> SEEN = new ArrayList<>();

  @TempDir private Path temporary;

  @BeforeAll
  static void train() throws Exception {
    broker = EmbeddedKafka.start();
    swarm = LocalSwarm.start(LocalSwarmOptions.defaults());
    create(CONTRACT, Optimizer.of("momentum:momentum=0.5"));
    try (Sites sites = Sites.join(swarm, CONTRACT, 2)) {
      float model = 0;
      for (int round = 0; round < DELTAS.length; round++) {
        float[] trained = Sites.constant(PARAMETERS, model + DELTAS[round]);
        SEEN.add(sites.sync(site -> trained).get(0).weights());
        model = MODELS[round];
      }
    }
    truth = read(CONTRACT);
  }

  private static void create(String contract, Optimizer optimizer) throws Exception {
    ModelLayout layout = ModelLayout.flat(PARAMETERS);
    swarm.createContract(
        new ContractTerms(
                contract,
                swarm.owner().network(),
                "coordmedian",
                2,
                30_000,
                PARAMETERS,
                CHUNK_VALUES,
                DeltaEncoding.FLOAT32,
                layout.hash().hex())
            .withOptimizer(optimizer),
        layout);
  }

  private static List<Logged> read(String contract) {
    return DishonestKafka.read(
        swarm.kafka(),
        contract,
        List.of(Topic.DELTAS, Topic.MODELS, Topic.ROUNDS, Topic.OPTIMIZER));
  }

  private static ContractTerms terms(String contract) {
    return swarm.owner().registry().terms(contract).orElseThrow();
  }

  @AfterAll
  static void stop() {
    swarm.close();
    broker.close();
  }

  @Test
  void addsTheStepsOfTheOptimizer() {
    for (int round = 0; round < MODELS.length; round++) {
      assertThat(SEEN.get(round))
          .as("model of round %d", round)
          .isEqualTo(Sites.constant(PARAMETERS, MODELS[round]));
    }
  }

  @Test
  void recordsTheStateFromRound1On() {
    List<RoundRecord> records = DishonestKafka.roundRecords(truth);

    assertThat(records)
        .extracting(record -> record.getOptimizerState().size())
        .containsExactly(0, 1, 1, 1);
    assertThat(
            DishonestKafka.of(truth, Topic.OPTIMIZER)
                .map(each -> DishonestKafka.modelChunk(each).getRound()))
        .containsOnly(1L, 2L, 3L)
        .hasSize(3 * CHUNKS);
  }

  @Test
  void isProvenWhole() throws Exception {
    Verification all = verify(OptionalLong.empty(), swarm.kafka());

    assertThat(all.status()).as(all.toString()).isEqualTo(Status.PROVEN);
    assertThat(all.rounds()).hasSize(DELTAS.length);
  }

  @Test
  void isProvenFromThePublishedModelAndStateBefore() throws Exception {
    for (long round = 1; round < DELTAS.length; round++) {
      Verification one = verify(OptionalLong.of(round), swarm.kafka());

      assertThat(one.status()).as(one.toString()).isEqualTo(Status.PROVEN);
    }
  }

  @Test
  void isProvenFromRound0WhenTheStateBeforeIsGone() throws Exception {
    List<Logged> rest =
        truth.stream()
            .filter(
                each ->
                    each.topic() != Topic.OPTIMIZER
                        || DishonestKafka.modelChunk(each).getRound() == 3)
            .toList();
    try (DishonestKafka kafka = DishonestKafka.serve(broker, CONTRACT, truth, all -> rest)) {
      Verification one = verify(OptionalLong.of(3), kafka.endpoint());

      assertThat(one.status()).as(one.toString()).isEqualTo(Status.PROVEN);
    }
  }

  @Test
  void findsAFlippedBitInTheState() throws Exception {
    Finding found = findsOne(Topic.OPTIMIZER, chunk -> chunk.getRound() == 2);

    assertThat(found.code()).isEqualTo("optimizer-chunk");
    assertThat(found.message()).contains("published optimizer state's chunk hashes to");
  }

  @Test
  void findsAFlippedBitInTheModel() throws Exception {
    assertThat(findsOne(Topic.MODELS, chunk -> chunk.getRound() == 2).code())
        .isEqualTo("model-chunk");
  }

  /** Nesterov, Adagrad, Adam, which has two vectors of state, and Yogi. */
  @ParameterizedTest
  @CsvSource({"nesterov, 1", "adagrad, 1", "adam, 2", "yogi, 2"})
  void isProvenWithEachOptimizerAndAFlippedBitIsFound(String optimizer, int states)
      throws Exception {
    create(optimizer, Optimizer.of(optimizer));
    float[] model = Sites.constant(PARAMETERS, 1);
    try (Sites sites = Sites.join(swarm, optimizer, 2)) {
      for (float delta : DELTAS) {
        float[] trained = model.clone();
        for (int i = 0; i < trained.length; i++) {
          trained[i] += delta * (i % 3);
        }
        model = sites.sync(site -> trained).get(0).weights();
      }
    }
    List<Logged> log = read(optimizer);
    assertThat(DishonestKafka.roundRecords(log).get(2).getOptimizerState()).hasSize(states);
    try (DishonestKafka kafka = DishonestKafka.serve(broker, optimizer, log, all -> all)) {
      assertThat(verify(optimizer, kafka).status()).isEqualTo(Status.PROVEN);
    }

    List<Logged> vectors = new ArrayList<>();
    log.stream()
        .filter(each -> isOf(each, Topic.OPTIMIZER, 2) || isOf(each, Topic.MODELS, 2))
        .filter(each -> DishonestKafka.modelChunk(each).getChunkIndex() % CHUNKS == CHUNKS - 1)
        .forEach(vectors::add);
    assertThat(vectors).hasSize(states + 1);
    for (Logged vector : vectors) {
      List<Logged> lie =
          DishonestKafka.altered(
              log, vector::equals, each -> DishonestKafka.flippedChunk(each, terms(optimizer)));
      try (DishonestKafka kafka = DishonestKafka.serve(broker, optimizer, log, all -> lie)) {
        Verification all = verify(optimizer, kafka);

        assertThat(all.rounds().get(2).status()).as(all.toString()).isEqualTo(Status.FAILED);
        assertThat(all.count(Status.PROVEN)).isEqualTo(DELTAS.length - 1);
      }
    }
  }

  private static boolean isOf(Logged record, Topic topic, long round) {
    return record.topic() == topic && DishonestKafka.modelChunk(record).getRound() == round;
  }

  private Verification verify(String contract, DishonestKafka kafka) throws Exception {
    return TrainingProof.of(
        contract, OptionalLong.empty(), kafka.endpoint(), swarm.chain(), temporary);
  }

  /** Alters one chunk together with its hash, so that it contradicts nothing but the replay. */
  private Finding findsOne(Topic topic, Predicate<ModelChunk> which) throws Exception {
    List<Logged> lie =
        DishonestKafka.altered(
            truth,
            each -> each.topic() == topic && which.test(DishonestKafka.modelChunk(each)),
            each -> DishonestKafka.flippedChunk(each, terms(CONTRACT)));
    try (DishonestKafka kafka = DishonestKafka.serve(broker, CONTRACT, truth, all -> lie)) {
      Verification all = verify(OptionalLong.empty(), kafka.endpoint());

      assertThat(all.rounds().get(2).status()).as(all.toString()).isEqualTo(Status.FAILED);
      assertThat(all.count(Status.PROVEN)).isEqualTo(DELTAS.length - 1);
      return all.rounds().get(2).findings().get(0);
    }
  }

  private Verification verify(OptionalLong round, KafkaEndpoint kafka) throws Exception {
    return TrainingProof.of(CONTRACT, round, kafka, swarm.chain(), temporary);
  }
}

package io.swarmstream.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainDeployment;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.log.DeltaProducer;
import io.swarmstream.embedded.EmbeddedKafka;
import io.swarmstream.local.DishonestKafka.Logged;
import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.site.Merged;
import io.swarmstream.testkit.TestContract;
import io.swarmstream.verification.Finding;
import io.swarmstream.verification.ModelExport;
import io.swarmstream.verification.Progress;
import io.swarmstream.verification.RoundVerdict;
import io.swarmstream.verification.RoundVerdict.Status;
import io.swarmstream.verification.Verification;
import io.swarmstream.verification.Verifier;
import io.swarmstream.verification.VerifyJob;
import io.swarmstream.verification.VerifyOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings with all that happens in one are proven; one lie at a time is found and named. */
class VerifyITCase {
  private static final int PARAMETERS = 1000;
  private static final int CHUNK_VALUES = 300;
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final List<String> METHODS = List.of("mean", "coordmedian", "geomedian");
  private static final long ROUNDS = 4;

  /** Of int8: two in each full chunk, one in the last. */
  private static final long BLOCKS = 7;

  /** The contract that is lied about; it is adaptive. */
  private static final String CONTRACT = "geomedian";

  private static final int FIRST_INTERVAL = 64;

  /** Has the payload hash of contracts of earlier builds. */
  private static final String OLD_CONTRACT = "coordmedian";

  /** So tight that half of the deltas are scaled down. */
  private static final Limits LIMITS = new Limits("share=1/2;norm=median*1");

  /** All verifications' jobs: with a cluster for each, starting it would be half of the test. */
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static LocalSwarm swarm;
  private static EmbeddedKafka broker;
  private static List<Logged> truth;

  @BeforeAll
  static void train() throws Exception {
    broker = EmbeddedKafka.start();
    swarm = LocalSwarm.start(LocalSwarmOptions.defaults());
    for (String method : METHODS) {
      train(method, method, DeltaEncoding.FLOAT32);
    }
    train("int8", "geomedian", DeltaEncoding.INT8);
    train("topk", "mean", DeltaEncoding.named("topk:5"));
    truth = DishonestKafka.read(swarm.kafka(), CONTRACT);
  }

  @AfterAll
  static void stop() {
    swarm.close();
    broker.close();
  }

  /**
   * Four rounds with rejected, repeated, altered and late chunks, one without a site, one after it
   * left.
   */
  private static void train(String contract, String method, DeltaEncoding encoding)
      throws Exception {
    ModelLayout layout = ModelLayout.flat(PARAMETERS);
    ContractTerms terms =
        swarm.createContract(
            new ContractTerms(
                contract,
                swarm.owner().network(),
                method,
                2,
                GRACE.toMillis(),
                PARAMETERS,
                CHUNK_VALUES,
                encoding,
                contract.equals(CONTRACT) ? FIRST_INTERVAL : 0,
                layout.hash().hex(),
                LIMITS,
                contract.equals(OLD_CONTRACT) ? PayloadHash.SHA_256 : PayloadHash.BLAKE3),
            layout);
    try (Sites sites = Sites.join(swarm, contract, 3);
        DeltaProducer stranger = DeltaProducer.of(swarm.kafka())) {
      stranger.send(contract, "0", "garbage".getBytes(UTF_8));
      Contribution unknown =
          Contribution.sign(SiteKey.ofSeed(666), terms, 0, Hash.ZERO, values(9, 9), Sites.header());
      stranger.send(contract, "0", WireFormat.DELTA_CHUNK.encode(unknown.chunk(0)));
      Contribution first =
          Contribution.sign(SiteKey.ofSeed(1), terms, 0, Hash.ZERO, values(0, 0), Sites.header());
      stranger.send(contract, "1", altered(first.chunk(1)));
      stranger.send(contract, "2", WireFormat.DELTA_CHUNK.encode(first.chunk(2)));
      stranger.flush(Sites.DEADLINE);
      sites.sync(site -> values(0, site));
      stranger.send(contract, "3", WireFormat.DELTA_CHUNK.encode(first.chunk(3)));
      stranger.flush(Sites.DEADLINE);
      sites.sync(site -> values(1, site));
      // Round 2 waits for the third site in vain.
      Future<Merged> second =
          sites.start(() -> sites.site(1).sync(values(2, 1), Sites.report(), Sites.DEADLINE));
      sites.site(0).sync(values(2, 0), Sites.report(), Sites.DEADLINE);
      assertThat(second.get().summary().closedBy()).isEqualTo("grace-period");
      sites.site(2).leave();
      Future<Merged> again =
          sites.start(() -> sites.site(1).sync(values(3, 1), Sites.report(), Sites.DEADLINE));
      sites.site(0).sync(values(3, 0), Sites.report(), Sites.DEADLINE);
      assertThat(again.get().round()).isEqualTo(ROUNDS - 1);
    }
  }

  /** The way back from a round that spoilt the model. */
  @ParameterizedTest
  @ValueSource(longs = {0, 2, ROUNDS - 1})
  void givesBackTheModelOfAnyRoundToBeginAnewFrom(long round) throws Exception {
    float[] model = new float[PARAMETERS];
    VerifyOptions options =
        new VerifyOptions(
            "mean", OptionalLong.of(round), swarm.kafka(), swarm.chain(), Sites.DEADLINE);
    ModelExport.Exported exported =
        new ModelExport(options, VerifyJob.onTheCluster(), Progress.none())
            .run((chunk, payload) -> FloatCodec.decode(payload, model, chunk * CHUNK_VALUES));
    String anchored = swarm.owner().anchors().anchor("mean", round).orElseThrow().modelHash();
    assertThat(exported.modelHash().hex()).isEqualTo(anchored);
    assertThat(exported.round()).isEqualTo(round);

    String successor = "mean." + (round + 2);
    ModelLayout layout = ModelLayout.flat(PARAMETERS);
    swarm.createContract(successor, layout, "mean", 3, GRACE, CHUNK_VALUES);
    try (Sites sites = Sites.join(swarm, successor, 3)) {
      // Equal weights merge to themselves, to the last bit.
      assertThat(sites.sync(site -> model))
          .allSatisfy(merged -> assertThat(merged.hash().hex()).isEqualTo(anchored));
    }
  }

  @Test
  void saysWhyAModelIsNotToBeHad() {
    VerifyOptions options =
        new VerifyOptions(
            "mean", OptionalLong.of(99), swarm.kafka(), swarm.chain(), Sites.DEADLINE);
    assertThatThrownBy(
            () ->
                new ModelExport(options, VerifyJob.onTheCluster(), Progress.none())
                    .run((chunk, payload) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no round 99 yet; the newest is " + (ROUNDS - 1));
  }

  private static float[] values(long round, int site) {
    Random random = new Random(round * 31 + site);
    float[] values = new float[PARAMETERS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static byte[] altered(DeltaChunk chunk) {
    return WireFormat.DELTA_CHUNK.encode(
        DeltaChunk.newBuilder(chunk).setPayload(flipped(chunk.getPayload())).build());
  }

  private static ByteBuffer flipped(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    bytes[5] ^= 1;
    return ByteBuffer.wrap(bytes);
  }

  private static Verification verify(
      String contract, OptionalLong round, KafkaEndpoint kafka, ChainOptions chain)
      throws Exception {
    return new Verifier(
            new VerifyOptions(contract, round, kafka, chain, Sites.DEADLINE),
            VerifyJob.onTheCluster(),
            Progress.none())
        .run();
  }

  private static Verification verifyLie(UnaryOperator<List<Logged>> lie) throws Exception {
    try (DishonestKafka kafka = DishonestKafka.serve(broker, CONTRACT, truth, lie)) {
      return verify(CONTRACT, OptionalLong.empty(), kafka.endpoint(), swarm.chain());
    }
  }

  private static List<Finding> findings(Verification verification, String code) {
    List<Finding> all = new ArrayList<>(verification.findings());
    verification.rounds().forEach(round -> all.addAll(round.findings()));
    return all.stream().filter(finding -> finding.code().equals(code)).toList();
  }

  private static String topic(Finding found) {
    return Objects.requireNonNull(found.place()).topic();
  }

  private static Status status(Verification verification, int round) {
    return verification.rounds().get(round).status();
  }

  // -- honest logs

  @ParameterizedTest
  @ValueSource(strings = {"mean", "coordmedian", "geomedian", "int8", "topk"})
  void provesEveryRoundOfATrainingWithAllThatHappensInOne(String contract) throws Exception {
    long bytes = contract.equals("int8") ? PARAMETERS + 4 * BLOCKS : 4L * PARAMETERS;
    // 15 values of each of three chunks, 5 of the last one.
    long later = contract.equals("topk") ? 3 * (8 + 12 + 30) + (8 + 4 + 10) : bytes;
    Verification all = verify(contract, OptionalLong.empty(), swarm.kafka(), swarm.chain());

    assertThat(all.rounds()).as(all.toString()).hasSize((int) ROUNDS);
    assertThat(all.findings()).isEmpty();
    assertThat(all.rounds())
        .allSatisfy(
            round -> {
              assertThat(round.findings()).isEmpty();
              assertThat(round.status()).isEqualTo(Status.PROVEN);
              assertThat(round.contributions()).isEqualTo(round.sites().size());
              assertThat(round.replayedBytes())
                  .isEqualTo((round.round() == 0 ? bytes : later) * round.contributions());
            });
    assertThat(all.rounds().get(0).sites()).containsExactlyInAnyOrder("site-1", "site-2", "site-3");
    assertThat(all.rounds().get(3).sites()).containsExactlyInAnyOrder("site-1", "site-2");
    assertThat(all.status()).isEqualTo(Status.PROVEN);
  }

  /** Its coefficients do not say what a delta counts, but which are taken, and what is mixed. */
  @ParameterizedTest
  @ValueSource(strings = {"bulyan", "nnm-bulyan"})
  void provesRoundsThatSelectDeltasBeforeTheyMergeThem(String contract) throws Exception {
    String method = contract.replace('-', '+') + ":1";
    swarm.createContract(contract, ModelLayout.flat(PARAMETERS), method, 7, GRACE, CHUNK_VALUES);
    try (Sites sites = Sites.join(swarm, contract, 7)) {
      for (long round = 0; round < 2; round++) {
        long next = round;
        sites.sync(site -> values(next, site));
      }
    }
    Verification all = verify(contract, OptionalLong.empty(), swarm.kafka(), swarm.chain());

    assertThat(all.status()).as(all.toString()).isEqualTo(Status.PROVEN);
    assertThat(all.rounds()).hasSize(2);
  }

  @Test
  void provesOneRoundFromThePublishedModelBeforeIt() throws Exception {
    Verification one = verify("mean", OptionalLong.of(3), swarm.kafka(), swarm.chain());

    assertThat(one.rounds()).extracting(RoundVerdict::round).containsExactly(3L);
    assertThat(one.status()).as(one.toString()).isEqualTo(Status.PROVEN);
  }

  @Test
  void provesOneRoundFromRoundZeroWhenTheModelBeforeItIsGone() throws Exception {
    try (DishonestKafka kafka =
        DishonestKafka.serve(
            broker,
            CONTRACT,
            truth,
            all -> all.stream().filter(each -> each.topic() != Topic.MODELS).toList())) {
      Verification one = verify(CONTRACT, OptionalLong.of(2), kafka.endpoint(), swarm.chain());

      assertThat(one.status()).as(one.toString()).isEqualTo(Status.PROVEN);
    }
  }

  @Test
  void refusesARoundThatIsNotSealed() {
    assertThatThrownBy(() -> verify("mean", OptionalLong.of(9), swarm.kafka(), swarm.chain()))
        .hasMessageContaining("no round 9 yet; the newest is 3");
    assertThatThrownBy(() -> verify("means", OptionalLong.of(0), swarm.kafka(), swarm.chain()))
        .hasMessageContaining("no contract means");
  }

  // -- lies about deltas

  private static Optional<DeltaChunk> delta(Logged record) {
    try {
      return Optional.of(WireFormat.DELTA_CHUNK.decode(record.value()));
    } catch (MalformedRecordException e) {
      return Optional.empty();
    }
  }

  private static boolean isDelta(Logged record, long round, int seed, int chunk) {
    return record.topic() == Topic.DELTAS
        && delta(record)
            .filter(delta -> delta.getRound() == round)
            .filter(delta -> delta.getSite().equals(SiteKey.ofSeed(seed).address()))
            .filter(delta -> chunk < 0 || delta.getChunkIndex() == chunk)
            .isPresent();
  }

  private static UnaryOperator<List<Logged>> deltaLie(
      long round, int seed, int chunk, Function<DeltaChunk, byte[]> lie) {
    return all ->
        all.stream()
            .map(
                each ->
                    isDelta(each, round, seed, chunk)
                        ? each.withValue(lie.apply(delta(each).orElseThrow()))
                        : each)
            .toList();
  }

  @Test
  void findsAFlippedBitInADelta() throws Exception {
    Verification lied = verifyLie(deltaLie(1, 2, 2, VerifyITCase::altered));

    assertThat(status(lied, 0)).isEqualTo(Status.PROVEN);
    assertThat(status(lied, 1)).isEqualTo(Status.FAILED);
    // The models are published and proven: the rounds behind it start from them.
    assertThat(status(lied, 2)).isEqualTo(Status.PROVEN);
    Finding found = findings(lied, "contribution-altered").get(0);
    assertThat(found.round()).isEqualTo(1);
    assertThat(found.site()).isEqualTo("site-2");
    assertThat(found.chunk()).isEqualTo(2);
    assertThat(topic(found)).isEqualTo("geomedian.deltas");
    assertThat(found.message()).contains("the payload of chunk 2 hashes to", "the chunk says");
    assertThat(lied.rounds().get(1).findings()).hasSize(1);
    assertThat(lied.rounds().get(1).contributions()).isEqualTo(2);
  }

  @Test
  void findsAChangedWeightInADelta() throws Exception {
    Verification lied =
        verifyLie(
            deltaLie(
                1,
                3,
                0,
                chunk ->
                    WireFormat.DELTA_CHUNK.encode(
                        DeltaChunk.newBuilder(chunk)
                            .setHeader(weighing(chunk.getHeader(), 9))
                            .build())));

    assertThat(findings(lied, "contribution-altered"))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.site()).isEqualTo("site-3");
              assertThat(found.chunk()).isZero();
              assertThat(found.message())
                  .contains("weight 9, the round record 1", "the signature is by");
            });
    assertThat(status(lied, 1)).isEqualTo(Status.FAILED);
  }

  private static ContributionHeader weighing(ContributionHeader header, int weight) {
    return ContributionHeader.newBuilder(header).setWeight(weight).build();
  }

  @Test
  void findsAMissingContribution() throws Exception {
    Verification lied =
        verifyLie(all -> all.stream().filter(each -> !isDelta(each, 3, 1, -1)).toList());

    assertThat(findings(lied, "contribution-missing"))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.round()).isEqualTo(3);
              assertThat(found.site()).isEqualTo("site-1");
              assertThat(found.message()).contains("of site-1", "none of its 4 chunks");
            });
    assertThat(status(lied, 3)).isEqualTo(Status.FAILED);
    assertThat(lied.count(Status.PROVEN)).isEqualTo(3);
  }

  @Test
  void saysThatARoundCannotBeReplayedOnceItsDeltasAreGone() throws Exception {
    try (DishonestKafka kafka =
        DishonestKafka.serve(broker, CONTRACT, truth, UnaryOperator.identity())) {
      Map<Integer, Long> behindRoundZero = new HashMap<>();
      Map<Integer, Long> next = new HashMap<>();
      DishonestKafka.of(truth, Topic.DELTAS)
          .forEach(
              record -> {
                long offset = next.merge(record.partition(), 1L, Long::sum);
                if (delta(record).filter(delta -> delta.getRound() == 0).isPresent()) {
                  behindRoundZero.put(record.partition(), offset);
                }
              });
      kafka.forget(behindRoundZero);

      Verification all = verify(CONTRACT, OptionalLong.empty(), kafka.endpoint(), swarm.chain());

      assertThat(status(all, 0)).as(all.toString()).isEqualTo(Status.NOT_REPLAYABLE);
      assertThat(all.rounds().get(0).obstacle())
          .contains("geomedian.deltas, from which records have been deleted", "begins at offset");
      assertThat(all.count(Status.PROVEN)).isEqualTo(3);
      assertThat(all.status()).isEqualTo(Status.NOT_REPLAYABLE);
    }
  }

  // -- lies about models

  private static ModelChunk model(Logged record) {
    try {
      return WireFormat.MODEL_CHUNK.decode(record.value());
    } catch (MalformedRecordException e) {
      throw new IllegalStateException(e);
    }
  }

  private static UnaryOperator<List<Logged>> swappedModelChunks(boolean withHashes) {
    return all -> {
      Map<Integer, ModelChunk> ofRound = new HashMap<>();
      DishonestKafka.of(all, Topic.MODELS)
          .map(VerifyITCase::model)
          .filter(chunk -> chunk.getRound() == 2)
          .forEach(chunk -> ofRound.put(chunk.getChunkIndex(), chunk));
      return all.stream()
          .map(
              each -> {
                if (each.topic() != Topic.MODELS) {
                  return each;
                }
                ModelChunk chunk = model(each);
                if (chunk.getRound() != 2 || chunk.getChunkIndex() > 1) {
                  return each;
                }
                ModelChunk other = Objects.requireNonNull(ofRound.get(1 - chunk.getChunkIndex()));
                ModelChunk.Builder lie =
                    ModelChunk.newBuilder(chunk).setPayload(other.getPayload());
                if (withHashes) {
                  lie.setChunkHash(other.getChunkHash());
                }
                return each.withValue(WireFormat.MODEL_CHUNK.encode(lie.build()));
              })
          .toList();
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void findsSwappedModelChunks(boolean withHashes) throws Exception {
    Verification lied = verifyLie(swappedModelChunks(withHashes));

    assertThat(findings(lied, "model-chunk"))
        .hasSize(2)
        .allSatisfy(
            found -> {
              assertThat(found.round()).isEqualTo(2);
              assertThat(topic(found)).isEqualTo("geomedian.models");
              assertThat(found.message()).contains("hashes to");
            })
        .extracting(Finding::chunk)
        .containsExactlyInAnyOrder(0, 1);
    assertThat(status(lied, 2)).isEqualTo(Status.FAILED);
    assertThat(lied.count(Status.PROVEN)).isEqualTo(3);
  }

  // -- lies about records

  private static UnaryOperator<List<Logged>> recordLie(
      long round, Function<RoundRecord, RoundRecord> lie, boolean beside) {
    return all -> {
      List<Logged> told = new ArrayList<>();
      for (Logged each : all) {
        if (each.topic() != Topic.ROUNDS || !WireFormat.ROUND_RECORD.frames(each.value())) {
          told.add(each);
          continue;
        }
        RoundRecord record = record(each);
        if (record.getRound() != round || beside) {
          told.add(each);
        }
        if (record.getRound() == round) {
          told.add(each.withValue(WireFormat.ROUND_RECORD.encode(lie.apply(record))));
        }
      }
      return told;
    };
  }

  private static RoundRecord record(Logged logged) {
    try {
      return WireFormat.ROUND_RECORD.decode(logged.value());
    } catch (MalformedRecordException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void findsAnAlteredRecord() throws Exception {
    Verification lied =
        verifyLie(
            recordLie(
                2,
                record ->
                    RoundRecord.newBuilder(record)
                        .setClosedAtMs(record.getClosedAtMs() + 1)
                        .build(),
                false));

    assertThat(lied.rounds().get(2).findings())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.code()).isEqualTo("record-hash");
              assertThat(found.message()).contains("the anchor on the chain says");
              assertThat(topic(found)).isEqualTo("geomedian.rounds");
            });
    assertThat(lied.count(Status.PROVEN)).isEqualTo(3);
  }

  @Test
  void findsAnAlteredGapByReplay() throws Exception {
    Verification lied =
        verifyLie(
            recordLie(
                1,
                record -> RoundRecord.newBuilder(record).setGap(record.getGap() + 0.5).build(),
                false));

    assertThat(findings(lied, "replay"))
        .singleElement()
        .satisfies(found -> assertThat(found.message()).contains("gap", "the replay's is"));
    assertThat(findings(lied, "record-hash")).hasSize(1);
  }

  /** The last round's, as the round after would go on from it. */
  @Test
  void findsAnotherIntervalByReplay() throws Exception {
    Verification lied =
        verifyLie(
            recordLie(
                ROUNDS - 1,
                record ->
                    RoundRecord.newBuilder(record)
                        .setNextInterval(record.getNextInterval() + 1)
                        .build(),
                false));

    assertThat(findings(lied, "replay"))
        .singleElement()
        .satisfies(
            found -> assertThat(found.message()).contains("nextInterval is ", "the replay's is "));
    assertThat(status(lied, (int) ROUNDS - 1)).isEqualTo(Status.FAILED);
  }

  @Test
  void findsAnotherDriftByReplay() throws Exception {
    Verification lied =
        verifyLie(
            recordLie(
                1,
                record ->
                    RoundRecord.newBuilder(record).setDrift(Math.nextUp(record.getDrift())).build(),
                false));

    assertThat(findings(lied, "replay"))
        .singleElement()
        .satisfies(found -> assertThat(found.message()).contains("drift is "));
  }

  @Test
  void findsAForgedCosineByReplay() throws Exception {
    Verification lied =
        verifyLie(
            recordLie(
                1,
                record -> {
                  List<Double> cosines = new ArrayList<>(record.getCosines());
                  cosines.set(1, Math.nextDown(cosines.get(1)));
                  return RoundRecord.newBuilder(record).setCosines(cosines).build();
                },
                false));

    assertThat(findings(lied, "replay"))
        .singleElement()
        .satisfies(
            found -> assertThat(found.message()).contains("cosines is [", "the replay's is ["));
    assertThat(status(lied, 1)).isEqualTo(Status.FAILED);
  }

  @Test
  void findsFiguresOfDeltasThatAreLeftOutInPart() throws Exception {
    Verification lied =
        verifyLie(
            recordLie(
                1,
                record ->
                    RoundRecord.newBuilder(record).setBytes(List.of()).setMergedNorm(7).build(),
                false));

    assertThat(findings(lied, "replay"))
        .extracting(Finding::message)
        .satisfiesExactlyInAnyOrder(
            found -> assertThat(found).contains("mergedNorm is 7.0"),
            found -> assertThat(found).contains("bytes is []"));
  }

  /** As a version of the job wrote it that did not compute them. */
  @Test
  void provesByReplayARecordThatSaysNothingOfItsDeltas() throws Exception {
    Verification earlier =
        verifyLie(
            recordLie(
                1,
                record ->
                    RoundRecord.newBuilder(record)
                        .setNorms(record.getNormLimit() > 0 ? record.getNorms() : List.of())
                        .setCosines(List.of())
                        .setMergedNorm(0)
                        .setBytes(List.of())
                        .build(),
                false));

    assertThat(findings(earlier, "replay")).isEmpty();
    assertThat(findings(earlier, "record-hash")).as("not the one that was anchored").hasSize(1);
  }

  @Test
  void findsAChangedWeightInARecord() throws Exception {
    String site = SiteKey.ofSeed(2).address();
    Verification lied =
        verifyLie(
            recordLie(
                1,
                record -> {
                  List<Participant> in = new ArrayList<>();
                  for (Participant each : record.getParticipants()) {
                    in.add(
                        each.getSite().equals(site)
                            ? Participant.newBuilder(each)
                                .setHeader(weighing(each.getHeader(), 50))
                                .build()
                            : each);
                  }
                  return RoundRecord.newBuilder(record).setParticipants(in).build();
                },
                false));

    assertThat(findings(lied, "record-hash")).hasSize(1);
    assertThat(findings(lied, "contribution-altered"))
        .hasSize(4)
        .allSatisfy(
            found -> {
              assertThat(found.site()).isEqualTo("site-2");
              assertThat(found.message()).contains("weight 1, the round record 50");
            });
    assertThat(status(lied, 1)).isEqualTo(Status.FAILED);
  }

  @Test
  void findsARemovedParticipant() throws Exception {
    Verification lied =
        verifyLie(
            recordLie(
                1,
                record ->
                    RoundRecord.newBuilder(record)
                        .setParticipants(record.getParticipants().subList(0, 2))
                        .build(),
                false));

    assertThat(findings(lied, "record-hash")).hasSize(1);
    assertThat(findings(lied, "replay"))
        .anySatisfy(found -> assertThat(found.message()).contains("modelHash", "the replay's is"));
    assertThat(status(lied, 1)).isEqualTo(Status.FAILED);
  }

  @Test
  void passesOverASecondRecordOfARoundThatTheCoordinatorHasNotSigned() throws Exception {
    Verification lied =
        verifyLie(
            recordLie(
                1,
                record -> RoundRecord.newBuilder(record).setClosedBy("all-live ").build(),
                true));

    assertThat(findings(lied, "foreign-record"))
        .singleElement()
        .satisfies(found -> assertThat(found.message()).contains("second one of round 1"));
    assertThat(status(lied, 1)).isEqualTo(Status.PROVEN);
  }

  @Test
  void takesARecordPublishedTwiceForOne() throws Exception {
    Verification twice = verifyLie(recordLie(1, record -> record, true));

    assertThat(twice.status()).as(twice.toString()).isEqualTo(Status.PROVEN);
  }

  @Test
  void findsAMissingRecord() throws Exception {
    Verification lied =
        verifyLie(
            all ->
                all.stream()
                    .filter(
                        each ->
                            !(each.topic() == Topic.ROUNDS
                                && WireFormat.ROUND_RECORD.frames(each.value())
                                && record(each).getRound() == 1))
                    .toList());

    assertThat(lied.rounds().get(1).findings())
        .singleElement()
        .satisfies(found -> assertThat(found.code()).isEqualTo("record-missing"));
    assertThat(lied.rounds().get(2).obstacle()).contains("no record of round 1", "interval");
    assertThat(lied.count(Status.PROVEN)).as(lied.toString()).isEqualTo(2);
  }

  // -- lies on the chain

  @Test
  void findsAForgedAnchorAndOneThatIsNotThere() throws Exception {
    SiteKey owner = SiteKey.ofHex(swarm.anvil().devKeys().get(0));
    ChainOptions forged = ChainDeployment.deploy(swarm.anvil().url(), owner);
    Map<Long, RoundRecord> records = new HashMap<>();
    Map<Long, Hash> hashes = new HashMap<>();
    DishonestKafka.of(truth, Topic.ROUNDS)
        .filter(each -> WireFormat.ROUND_RECORD.frames(each.value()))
        .forEach(
            each -> {
              records.put(record(each).getRound(), record(each));
              hashes.put(record(each).getRound(), Hash.sha256(each.value()));
            });
    try (ChainClient liar = ChainClient.signing(forged, owner)) {
      ContractTerms terms = swarm.owner().registry().terms(CONTRACT).orElseThrow();
      liar.administration()
          .createContract(
              TestContract.onNetwork(terms, liar.network()),
              ModelLayout.flat(PARAMETERS),
              owner.address());
      for (long round = 0; round < ROUNDS - 1; round++) {
        String model = Hash.of(Objects.requireNonNull(records.get(round)).getModelHash()).hex();
        Hash record =
            round == 1 ? Hash.sha256(new byte[] {1}) : Objects.requireNonNull(hashes.get(round));
        liar.anchors().anchorRound(new Anchor(CONTRACT, round, record.hex(), model));
      }
    }

    Verification lied =
        verify(
            CONTRACT,
            OptionalLong.empty(),
            swarm.kafka(),
            ChainOptions.of(
                swarm.anvil().url(), swarm.chain().trainingContracts(), forged.roundAnchors()));

    assertThat(lied.rounds())
        .extracting(RoundVerdict::status)
        .containsExactly(Status.PROVEN, Status.FAILED, Status.PROVEN, Status.FAILED);
    assertThat(findings(lied, "record-hash")).hasSize(1);
    assertThat(findings(lied, "not-anchored"))
        .singleElement()
        .satisfies(found -> assertThat(found.message()).contains("rounds 0 to 2"));
  }
}

package io.swarmstream.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.kafka.ContractTopics;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.clients.kafka.log.KnownModel;
import io.swarmstream.clients.kafka.log.ModelLog;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.encoding.ChunkUpdate;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.MerkleTree;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.RoundSamples;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Reads models by what rounds changed. Where a test says that the whole model was not read, the log
 * does not have it.
 */
class ModelUpdateITCase {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int CHUNKS = 3;
  private static final int CHUNK_VALUES = 100;
  private static final byte[] NONE = {};

  private final Writer writer = new Writer(SharedKafka.endpoint());
  private final float[] received = new float[CHUNKS * CHUNK_VALUES];
  private ContractTerms terms = terms("");

  @BeforeEach
  void createTheTopics() throws Exception {
    terms = terms(SharedKafka.newContract());
    new ContractTopics(SharedKafka.endpoint(), TopicOptions.defaults().withPartitions(2, 2))
        .create(terms.contract(), Topic.kindsOf(terms), SOON);
  }

  @AfterEach
  void close() {
    writer.close();
  }

  @Test
  void readsWhatChangedAndNotTheModel() throws Exception {
    model(0, 1, 2);
    updates(1, 2, 3);
    try (ModelLog models = open()) {
      for (int round : List.of(1, 2, 3)) {
        assertThat(read(models, round, round - 1)).isEqualTo(weights(round));
      }
    }
  }

  @Test
  void readsTheModelWhenTheJobSaysThatThereIsNoUpdate() throws Exception {
    model(0, 1, 2);
    updates(1);
    writer.commit(List.of(update(2, 0), update(2, 1, NONE), update(2, 2)));
    try (ModelLog models = open()) {
      assertThat(read(models, 1, 0)).isEqualTo(weights(1));
      assertThat(read(models, 2, 1)).isEqualTo(weights(2));
    }
  }

  @Test
  void readsTheModelWhenItDoesNotHaveTheOneBefore() throws Exception {
    model(0, 1, 2, 3);
    updates(1, 2, 3);
    try (ModelLog models = open()) {
      assertThat(read(models, 0, -1)).isEqualTo(weights(0));
      assertThat(read(models, 3, 0)).isEqualTo(weights(3));
    }
  }

  /** Whoever writes to the topic can make a site read more, and nothing else. */
  @Test
  void readsTheModelWhenTheUpdateMakesAnother() throws Exception {
    model(1, 2);
    updates(1);
    byte[] other = ChunkUpdate.of(chunk(weights(1), 1), chunk(weights(5), 1)).orElseThrow();
    writer.commit(List.of(update(2, 0), update(2, 1, other), update(2, 2)));
    try (ModelLog models = open()) {
      assertThat(read(models, 1, 0)).isEqualTo(weights(1));
      assertThat(read(models, 2, 1)).isEqualTo(weights(2));
    }
  }

  @Test
  void readsTheModelWhenTheUpdateIsOfAnotherBase() throws Exception {
    model(1);
    updates(1);
    float[] base = weights(0);
    base[150] = 9;
    try (ModelLog models = open()) {
      models.read(record(1), new KnownModel(0, FlatVector.of(base)), this::take, SOON);
      assertThat(received).isEqualTo(weights(1));
    }
  }

  @Test
  void readsTheModelWhenNoUpdateComes() throws Exception {
    model(1);
    writer.commit(List.of(update(1, 0)));
    try (ModelLog models = open()) {
      models.read(
          record(1),
          new KnownModel(0, FlatVector.of(weights(0))),
          this::take,
          Duration.ofSeconds(2));
      assertThat(received).isEqualTo(weights(1));
    }
  }

  /** The models that the reader passes over are never fetched, unless a clock was wrong. */
  @Test
  void findsTheModelAgainAfterManyUpdates() throws Exception {
    long now = System.currentTimeMillis();
    for (int round = 0; round < 9; round++) {
      modelAt(round, now - 7_200_000 + round * 1_000L);
    }
    modelAt(9, now);
    modelAt(10, now - 7_000_000);
    updates(1, 2, 3, 4, 5, 6, 7, 8);
    try (ModelLog models = open()) {
      assertThat(read(models, 0, -1)).isEqualTo(weights(0));
      for (int round = 1; round < 9; round++) {
        assertThat(read(models, round, round - 1)).isEqualTo(weights(round));
      }
      assertThat(read(models, 9, 3)).isEqualTo(weights(9));
    }
    try (ModelLog models = open()) {
      read(models, 0, -1);
      read(models, 1, 0);
      models.read(record(10), KnownModel.NONE, this::take, Duration.ofSeconds(2));
      assertThat(received).isEqualTo(weights(10));
    }
  }

  /** The later round is there already, which would be read instead of it. */
  @Test
  void findsAModelThatAClockPutFarBack() throws Exception {
    long now = System.currentTimeMillis();
    modelAt(0, now - 7_200_000);
    modelAt(10, now - 7_000_000);
    modelAt(11, now);
    updates(1);
    try (ModelLog models = open()) {
      assertThat(read(models, 0, -1)).isEqualTo(weights(0));
      assertThat(read(models, 1, 0)).isEqualTo(weights(1));
      assertThat(read(models, 10, -1)).isEqualTo(weights(10));
      assertThat(read(models, 11, -1)).isEqualTo(weights(11));
    }
  }

  @Test
  void readsOnBehindRoundsWithoutAnUpdate() throws Exception {
    model(0, 1, 2, 3);
    updates(1);
    writer.commit(List.of(update(2, 0), update(2, 1, NONE), update(2, 2)));
    writer.commit(List.of(update(3, 0), update(3, 1, NONE), update(3, 2)));
    updates(4);
    try (ModelLog models = open()) {
      for (int round : List.of(1, 2, 3, 4)) {
        assertThat(read(models, round, round - 1)).isEqualTo(weights(round));
      }
    }
  }

  private ModelLog open() throws InterruptedException {
    return ModelLog.open(SharedKafka.endpoint(), terms, SOON);
  }

  private float[] read(ModelLog models, int round, int base) throws InterruptedException {
    Arrays.fill(received, Float.NaN);
    KnownModel known =
        base < 0 ? KnownModel.NONE : new KnownModel(base, FlatVector.of(weights(base)));
    models.read(record(round), known, this::take, SOON);
    return received;
  }

  private void take(int chunk, long offset, ByteBuffer payload) {
    FloatCodec.decode(payload, received, (int) offset);
  }

  private void model(int... rounds) {
    for (int round : rounds) {
      modelAt(round, System.currentTimeMillis());
    }
  }

  private void modelAt(int round, long timestampMs) {
    List<OutboundRecord> records = new ArrayList<>();
    for (int index = 0; index < CHUNKS; index++) {
      byte[] payload = chunk(weights(round), index);
      records.add(
          record(Topic.MODELS, round, index, FloatCodec.FLOAT32, payload, payload, timestampMs));
    }
    writer.commit(records);
  }

  private void updates(int... rounds) {
    for (int round : rounds) {
      writer.commit(List.of(update(round, 0), update(round, 1), update(round, 2)));
    }
  }

  private OutboundRecord update(int round, int index) {
    byte[] before = chunk(weights(round - 1), index);
    byte[] after = chunk(weights(round), index);
    return update(round, index, ChunkUpdate.of(before, after).orElseThrow());
  }

  private OutboundRecord update(int round, int index, byte[] update) {
    byte[] made = chunk(weights(round), index);
    long now = System.currentTimeMillis();
    return record(Topic.UPDATES, round, index, ChunkUpdate.CODE, update, made, now);
  }

  private OutboundRecord record(
      Topic topic,
      long round,
      int index,
      String encoding,
      byte[] payload,
      byte[] made,
      long timestampMs) {
    ModelChunk chunk =
        new ModelChunk(
            terms.contract(),
            round,
            index,
            CHUNKS,
            encoding,
            terms.payloadHash().leaf(made).toAvro(),
            ByteBuffer.wrap(payload),
            terms.payloadHash().code());
    return new OutboundRecord(
        topic.of(terms.contract()),
        Integer.toString(index), // a chunk is in one partition, as the job sees to
        WireFormat.MODEL_CHUNK.encode(chunk),
        timestampMs);
  }

  private RoundRecord record(int round) {
    List<Hash> leaves = new ArrayList<>();
    for (int index = 0; index < CHUNKS; index++) {
      leaves.add(terms.payloadHash().leaf(chunk(weights(round), index)));
    }
    return RoundRecord.newBuilder(
            new RoundSamples(terms).record(round, MerkleTree.of(leaves).root()))
        .setParameterCount(terms.parameterCount())
        .setChunkCount(CHUNKS)
        .setClosedAtMs(System.currentTimeMillis())
        .build();
  }

  private static byte[] chunk(float[] weights, int index) {
    return FloatCodec.encode(weights, index * CHUNK_VALUES, CHUNK_VALUES);
  }

  /** Each round changes two values of the second chunk, and the first of all. */
  private static float[] weights(int round) {
    float[] weights = new float[CHUNKS * CHUNK_VALUES];
    weights[0] = round;
    for (int i = 1; i <= round; i++) {
      weights[CHUNK_VALUES + 2 * i] = i;
      weights[CHUNK_VALUES + 2 * i + 1] = -i;
    }
    return weights;
  }

  private static ContractTerms terms(String contract) {
    return new ContractTerms(
        contract.isEmpty() ? "unused" : contract,
        "eip155:1:0x00",
        "mean",
        2,
        1_000,
        CHUNKS * CHUNK_VALUES,
        CHUNK_VALUES,
        DeltaEncoding.topk(100),
        Hash.ZERO.hex());
  }
}

package io.swarmstream.kafka.client;

import io.swarmstream.schemas.ChunkLayout;
import io.swarmstream.schemas.FloatCodec;
import io.swarmstream.schemas.Hash;
import io.swarmstream.schemas.MerkleTree;
import io.swarmstream.schemas.OutboundRecord;
import io.swarmstream.schemas.Topic;
import io.swarmstream.schemas.WireFormat;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.avro.RoundRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** What a job would write of a contract, with a small model whose values come from the round. */
final class Samples {
  /** 10 values in chunks of 4, 4 and 2. */
  static final ChunkLayout LAYOUT = new ChunkLayout(10, 4);

  private final String contract;

  Samples(String contract) {
    this.contract = contract;
  }

  static float[] weights(long round) {
    float[] weights = new float[(int) LAYOUT.parameterCount()];
    Random random = new Random(round);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextFloat();
    }
    return weights;
  }

  ModelChunk chunk(long round, int index) {
    byte[] payload =
        FloatCodec.encode(weights(round), (int) LAYOUT.offset(index), LAYOUT.length(index));
    return chunk(round, index, payload, MerkleTree.leaf(payload));
  }

  ModelChunk chunk(long round, int index, byte[] payload, Hash hash) {
    return new ModelChunk(
        contract,
        round,
        index,
        LAYOUT.chunkCount(),
        FloatCodec.FLOAT32,
        hash.toAvro(),
        ByteBuffer.wrap(payload));
  }

  RoundRecord record(long round) {
    List<Hash> leaves =
        IntStream.range(0, LAYOUT.chunkCount())
            .mapToObj(index -> Hash.of(chunk(round, index).getChunkHash()))
            .toList();
    return record(round, MerkleTree.of(leaves).root());
  }

  RoundRecord record(long round, Hash modelHash) {
    return new RoundRecord(
        contract,
        Hash.ZERO.toAvro(),
        round,
        "mean",
        List.of(),
        List.of(),
        "all-live",
        Hash.ZERO.toAvro(),
        modelHash.toAvro(),
        LAYOUT.parameterCount(),
        LAYOUT.chunkCount(),
        Double.NaN,
        0,
        0.0,
        1L,
        2L,
        0.0,
        0.0,
        0,
        0.0,
        List.of());
  }

  OutboundRecord published(ModelChunk chunk) {
    return new OutboundRecord(
        Topic.MODELS.of(contract),
        Integer.toString(chunk.getChunkIndex()),
        WireFormat.MODEL_CHUNK.encode(chunk));
  }

  OutboundRecord published(RoundRecord record) {
    return new OutboundRecord(
        Topic.ROUNDS.of(contract),
        "record-" + record.getRound(),
        WireFormat.ROUND_RECORD.encode(record));
  }

  /** All chunks of a round's model. */
  List<OutboundRecord> model(long round) {
    return IntStream.range(0, LAYOUT.chunkCount())
        .mapToObj(index -> published(chunk(round, index)))
        .toList();
  }

  /** A whole round: its model and its record. */
  List<OutboundRecord> sealed(long round) {
    List<OutboundRecord> all = new ArrayList<>(model(round));
    all.add(published(record(round)));
    return all;
  }

  OutboundRecord notice(long round, int contributed, String missing) {
    RoundNotice notice =
        RoundNotice.newBuilder()
            .setContract(contract)
            .setRound(round)
            .setContributed(contributed)
            .setMinPeers(2)
            .setMissing(List.of(missing))
            .setMissingCount(1)
            .setAbsent(List.of())
            .setClosesAtMs(-1)
            .setFence("")
            .setAtMs(1)
            .build();
    return new OutboundRecord(
        Topic.ROUNDS.of(contract), "notice", WireFormat.ROUND_NOTICE.encode(notice));
  }

  OutboundRecord rejection(String site, long round) {
    Rejection rejection =
        new Rejection(
            contract, "not-finite", "payload", "is NaN", site, round, 0, "ab", "t", 0, 0L, 1L);
    return new OutboundRecord(
        Topic.REJECTIONS.of(contract), site, WireFormat.REJECTION.encode(rejection));
  }
}

package io.swarmstream.testkit;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.MerkleTree;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.layout.ChunkLayout;
import io.swarmstream.schemas.signing.RecordSignature;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Builds what a job would write for a contract, with a small model whose values depend on the
 * round.
 */
public final class RoundSamples {
  /** 10 values in chunks of 4, 4 and 2. */
  public static final ChunkLayout LAYOUT = new ChunkLayout(10, 4);

  public static final PayloadHash PAYLOAD_HASH = PayloadHash.BLAKE3;

  /** Signs the contract's records. */
  public static final SiteKey COORDINATOR = SiteKey.ofSeed(1_000);

  private final String contract;
  private final Hash termsHash;

  public RoundSamples(String contract) {
    this(contract, Hash.ZERO);
  }

  public RoundSamples(ContractTerms terms) {
    this(terms.contract(), terms.hash());
  }

  private RoundSamples(String contract, Hash termsHash) {
    this.contract = contract;
    this.termsHash = termsHash;
  }

  public static ContractTerms terms(String contract) {
    return new ContractTerms(
        contract,
        "eip155:1:0x00",
        "mean",
        2,
        1_000,
        LAYOUT.parameterCount(),
        LAYOUT.chunkValues(),
        DeltaEncoding.FLOAT32,
        Hash.ZERO.hex());
  }

  public static float[] weights(long round) {
    float[] weights = new float[(int) LAYOUT.parameterCount()];
    Random random = new Random(round);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextFloat();
    }
    return weights;
  }

  public ModelChunk chunk(long round, int index) {
    byte[] payload =
        FloatCodec.encode(weights(round), (int) LAYOUT.offset(index), LAYOUT.length(index));
    return chunk(round, index, payload, PAYLOAD_HASH.leaf(payload));
  }

  public ModelChunk chunk(long round, int index, byte[] payload, Hash hash) {
    return new ModelChunk(
        contract,
        round,
        index,
        LAYOUT.chunkCount(),
        FloatCodec.FLOAT32,
        hash.toAvro(),
        ByteBuffer.wrap(payload),
        PAYLOAD_HASH.code());
  }

  public RoundRecord record(long round) {
    List<Hash> leaves =
        IntStream.range(0, LAYOUT.chunkCount())
            .mapToObj(index -> Hash.of(chunk(round, index).getChunkHash()))
            .toList();
    return record(round, MerkleTree.of(leaves).root());
  }

  public RoundRecord record(long round, Hash modelHash) {
    return new RoundRecord(
        contract,
        termsHash.toAvro(),
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
        List.of(),
        List.of(),
        0.0,
        List.of(),
        PAYLOAD_HASH.code(),
        List.of(),
        List.of(),
        List.of(),
        ByteBuffer.allocate(0),
        0L);
  }

  public OutboundRecord published(ModelChunk chunk) {
    return new OutboundRecord(
        Topic.MODELS.of(contract),
        Integer.toString(chunk.getChunkIndex()),
        WireFormat.MODEL_CHUNK.encode(chunk));
  }

  public OutboundRecord published(RoundRecord record) {
    return signed(
        Topic.ROUNDS.of(contract),
        "record-" + record.getRound(),
        WireFormat.ROUND_RECORD.encode(record));
  }

  /** All chunks of the model of a round. */
  public List<OutboundRecord> model(long round) {
    return IntStream.range(0, LAYOUT.chunkCount())
        .mapToObj(index -> published(chunk(round, index)))
        .toList();
  }

  /** A whole round: the chunks of its model, and its record. */
  public List<OutboundRecord> sealed(long round) {
    List<OutboundRecord> all = new ArrayList<>(model(round));
    all.add(published(record(round)));
    return all;
  }

  public OutboundRecord notice(long round, int contributed, String missing) {
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
    return signed(Topic.ROUNDS.of(contract), "notice", WireFormat.ROUND_NOTICE.encode(notice));
  }

  public OutboundRecord rejection(String site, long round) {
    Rejection rejection =
        new Rejection(
            contract, "not-finite", "payload", "is NaN", site, round, 0, "ab", "t", 0, 0L, 1L);
    return signed(Topic.REJECTIONS.of(contract), site, WireFormat.REJECTION.encode(rejection));
  }

  private OutboundRecord signed(String topic, String key, byte[] value) {
    return new OutboundRecord(topic, key, value)
        .with(RecordSignature.pending(termsHash).sign(COORDINATOR, topic, value));
  }
}

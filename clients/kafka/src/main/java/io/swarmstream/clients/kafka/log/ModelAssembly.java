package io.swarmstream.clients.kafka.log;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.encoding.ChunkUpdate;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.MerkleTree;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.layout.ChunkLayout;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.wire.AvroBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Assembles the chunks of one round's model. The copies of each chunk arrive in log order. */
final class ModelAssembly {
  private static final int NAMED_CHUNKS = 10;

  private final RoundRecord record;
  private final ChunkLayout layout;
  private final PayloadHash payloadHash;
  private final ChunkSink sink;
  private final @Nullable FlatVector base;
  private final @Nullable Hash[] hashes;
  private int collected;

  /**
   * Starts with no chunks.
   *
   * @param terms of the record's contract
   * @param base the model before, which chunks are updates of; null: they are whole
   * @throws IllegalArgumentException when the record's model does not fit the terms
   */
  ModelAssembly(
      RoundRecord record, ContractTerms terms, ChunkSink sink, @Nullable FlatVector base) {
    ChunkLayout layout = terms.chunks();
    if (record.getParameterCount() != layout.parameterCount()
        || record.getChunkCount() != layout.chunkCount()) {
      throw new IllegalArgumentException(
          "round "
              + record.getRound()
              + ": the record names a model of "
              + record.getParameterCount()
              + " parameters in "
              + record.getChunkCount()
              + " chunks, the contract's layout has "
              + layout.parameterCount()
              + " in "
              + layout.chunkCount());
    }
    if (!record.getPayloadHash().equals(terms.payloadHash().code())) {
      throw new IllegalArgumentException(
          "round "
              + record.getRound()
              + ": the record says that payloads are hashed by "
              + record.getPayloadHash()
              + ", the contract's terms say by "
              + terms.payloadHash().code());
    }
    this.record = record;
    this.layout = layout;
    this.payloadHash = terms.payloadHash();
    this.sink = sink;
    this.base = base;
    this.hashes = new Hash[layout.chunkCount()];
  }

  /**
   * Takes a chunk of any round.
   *
   * @throws CorruptModelException when the chunk belongs to this round and is wrong
   * @throws SupersededRoundException when the chunk belongs to a later round and this round's never
   *     arrived
   * @throws NoUpdateException when the chunk says that it is too large for an update
   */
  void accept(ModelChunk chunk) {
    int index = chunk.getChunkIndex();
    if (index < 0 || index >= hashes.length) {
      if (chunk.getRound() == record.getRound()) {
        throw corrupt("chunk " + index + " is none of its " + hashes.length + " chunks");
      }
      return;
    }
    if (hashes[index] != null || chunk.getRound() < record.getRound()) {
      return;
    }
    if (chunk.getRound() > record.getRound()) {
      // The values of a chunk are in round order, so this round's would have come first.
      throw new SupersededRoundException(record.getRound(), index, chunk.getRound());
    }
    ByteBuffer payload = payloadOf(chunk);
    hashes[index] = checkedHash(chunk, payload);
    collected++;
    sink.accept(index, layout.offset(index), payload);
  }

  private ByteBuffer payloadOf(ModelChunk chunk) {
    int index = chunk.getChunkIndex();
    String encoding = base == null ? FloatCodec.FLOAT32 : ChunkUpdate.CODE;
    if (!chunk.getEncoding().equals(encoding)) {
      throw corrupt(
          "chunk " + index + " is encoded as " + chunk.getEncoding() + ", not " + encoding);
    }
    ByteBuffer payload = base == null ? chunk.getPayload() : updated(base, chunk);
    int expected = layout.length(index) * Float.BYTES;
    if (payload.remaining() != expected) {
      throw corrupt("chunk " + index + " has " + payload.remaining() + " bytes, not " + expected);
    }
    return payload;
  }

  private ByteBuffer updated(FlatVector before, ModelChunk chunk) {
    int index = chunk.getChunkIndex();
    if (!chunk.getPayload().hasRemaining()) {
      throw new NoUpdateException(record.getRound(), index);
    }
    float[] values = new float[layout.length(index)];
    before.read(layout.offset(index), values, values.length);
    byte[] bytes = FloatCodec.encode(values);
    try {
      ChunkUpdate.apply(AvroBytes.of(chunk.getPayload()), bytes);
    } catch (IllegalArgumentException e) {
      throw corrupt("the update of chunk " + index + " " + e.getMessage());
    }
    return ByteBuffer.wrap(bytes);
  }

  private Hash checkedHash(ModelChunk chunk, ByteBuffer payload) {
    if (!chunk.getPayloadHash().equals(payloadHash.code())) {
      throw corrupt(
          "chunk "
              + chunk.getChunkIndex()
              + " is hashed by "
              + chunk.getPayloadHash()
              + ", not by "
              + payloadHash.code());
    }
    Hash hash = payloadHash.leaf(payload);
    Hash claimed = Hash.of(chunk.getChunkHash());
    if (!hash.equals(claimed)) {
      throw corrupt(
          "chunk " + chunk.getChunkIndex() + " hashes to " + hash + ", not to " + claimed);
    }
    return hash;
  }

  boolean isComplete() {
    return collected == hashes.length;
  }

  /**
   * Verifies the complete model against the record.
   *
   * @throws CorruptModelException when it is a different model
   */
  void prove() {
    List<Hash> leaves = new ArrayList<>(hashes.length);
    for (Hash hash : hashes) {
      if (hash == null) {
        throw new IllegalStateException("not complete: " + missing());
      }
      leaves.add(hash);
    }
    Hash root = MerkleTree.of(leaves).root();
    Hash named = Hash.of(record.getModelHash());
    if (!root.equals(named)) {
      throw corrupt("its chunks have the Merkle root " + root + ", the record says " + named);
    }
  }

  /** Says how many chunks are missing, and which, for messages. */
  String missing() {
    List<Integer> first = new ArrayList<>();
    for (int i = 0; i < hashes.length && first.size() < NAMED_CHUNKS; i++) {
      if (hashes[i] == null) {
        first.add(i);
      }
    }
    int count = hashes.length - collected;
    return count
        + " of "
        + hashes.length
        + " chunks are missing: "
        + first
        + (count > first.size() ? " and more" : "");
  }

  private CorruptModelException corrupt(String what) {
    return new CorruptModelException(
        "model of round " + record.getRound() + " of " + record.getContract() + ": " + what);
  }
}

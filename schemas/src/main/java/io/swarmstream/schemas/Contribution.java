package io.swarmstream.schemas;

import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.Hash32;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A site's whole signed delta for a round, ready to be sent chunk by chunk.
 *
 * <p>Chunks are read and encoded anew each time they are asked for: nothing of the model's size is
 * held here.
 */
public final class Contribution {
  private final ContractTerms terms;
  private final FlatVector delta;
  private final MerkleTree tree;
  private final DeltaChunk envelope;

  private Contribution(
      ContractTerms terms, FlatVector delta, MerkleTree tree, DeltaChunk envelope) {
    this.terms = terms;
    this.delta = delta;
    this.tree = tree;
    this.envelope = envelope;
  }

  /**
   * Hashes and signs a delta.
   *
   * @param round the round contributed to
   * @param baseHash the base model's hash; {@link Hash#ZERO} in round 0
   * @param delta site weights minus base model, as many as the terms say; not to be changed later
   * @throws IllegalArgumentException when the delta has another length, or a value that is not
   *     finite
   */
  public static Contribution sign(
      SiteKey key,
      ContractTerms terms,
      long round,
      Hash baseHash,
      float[] delta,
      ContributionHeader header) {
    if (delta.length != terms.parameterCount()) {
      throw new IllegalArgumentException(
          "the delta has "
              + delta.length
              + " values, contract "
              + terms.contract()
              + " has "
              + terms.parameterCount()
              + " parameters; train a model of the contract's layout");
    }
    return sign(key, terms, round, baseHash, FlatVector.of(delta), header);
  }

  /**
   * Hashes and signs a delta, which is read once now and once more for each time that it is sent.
   *
   * @param delta as many values as the terms say
   * @throws IllegalArgumentException when the delta has a value that is not finite
   */
  public static Contribution sign(
      SiteKey key,
      ContractTerms terms,
      long round,
      Hash baseHash,
      FlatVector delta,
      ContributionHeader header) {
    ChunkLayout chunks = terms.chunks();
    List<Hash> leaves = new ArrayList<>(chunks.chunkCount());
    for (int chunk = 0; chunk < chunks.chunkCount(); chunk++) {
      leaves.add(
          MerkleTree.leaf(
              FloatCodec.encode(finite(values(chunks, delta, chunk), chunks.offset(chunk)))));
    }
    MerkleTree tree = MerkleTree.of(leaves);
    DeltaChunk.Builder unsigned =
        DeltaChunk.newBuilder()
            .setContract(terms.contract())
            .setTermsHash(terms.hash().toAvro())
            .setRound(round)
            .setSite(key.address())
            .setChunkIndex(0)
            .setChunkCount(chunks.chunkCount())
            .setBaseHash(baseHash.toAvro())
            .setEncoding(FloatCodec.FLOAT32)
            .setHeader(ContributionHeader.newBuilder(header).build())
            .setMerkleRoot(tree.root().toAvro())
            .setMerkleProof(List.of())
            .setChunkHash(Hash.ZERO.toAvro())
            .setSignature(ByteBuffer.allocate(0))
            .setPayload(ByteBuffer.allocate(0));
    byte[] signature = key.sign(SignedContent.of(unsigned.build()));
    return new Contribution(
        terms, delta, tree, unsigned.setSignature(ByteBuffer.wrap(signature)).build());
  }

  /** Merkle root over the chunks: the contribution's identity. */
  public Hash root() {
    return tree.root();
  }

  public long round() {
    return envelope.getRound();
  }

  public int chunkCount() {
    return terms.chunks().chunkCount();
  }

  /** The record of one chunk. */
  public DeltaChunk chunk(int index) {
    byte[] payload = FloatCodec.encode(values(terms.chunks(), delta, index));
    List<Hash32> proof = new ArrayList<>();
    tree.proof(index).forEach(hash -> proof.add(hash.toAvro()));
    return DeltaChunk.newBuilder(envelope)
        .setChunkIndex(index)
        .setMerkleProof(proof)
        .setChunkHash(tree.leaf(index).toAvro())
        .setPayload(ByteBuffer.wrap(payload))
        .build();
  }

  private static float[] values(ChunkLayout chunks, FlatVector delta, int chunk) {
    float[] values = new float[chunks.length(chunk)];
    delta.read(chunks.offset(chunk), values, values.length);
    return values;
  }

  private static float[] finite(float[] values, long offset) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "value "
                + (offset + i)
                + " of the delta is "
                + values[i]
                + "; the training has diverged: lower the learning rate or check the data");
      }
    }
    return values;
  }
}

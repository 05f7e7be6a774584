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
   *     finite or beyond what the terms' encoding can hold
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
   * @throws IllegalArgumentException when the delta has a value that is not finite, or beyond what
   *     the terms' encoding can hold
   */
  public static Contribution sign(
      SiteKey key,
      ContractTerms terms,
      long round,
      Hash baseHash,
      FlatVector delta,
      ContributionHeader header) {
    ChunkLayout chunks = terms.chunks();
    DeltaRange range = new DeltaRange(terms);
    List<Hash> leaves = new ArrayList<>(chunks.chunkCount());
    for (int chunk = 0; chunk < chunks.chunkCount(); chunk++) {
      float[] values = values(chunks, delta, chunk);
      range.check(values, chunks.offset(chunk), delta);
      leaves.add(MerkleTree.leaf(terms.encoding().encode(values)));
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
            .setEncoding(terms.encoding().code())
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
    byte[] payload = terms.encoding().encode(values(terms.chunks(), delta, index));
    List<Hash32> proof = new ArrayList<>();
    tree.proof(index).forEach(hash -> proof.add(hash.toAvro()));
    return DeltaChunk.newBuilder(envelope)
        .setChunkIndex(index)
        .setMerkleProof(proof)
        .setChunkHash(tree.leaf(index).toAvro())
        .setPayload(ByteBuffer.wrap(payload))
        .build();
  }

  /**
   * What the encoding takes from a chunk: each value of the delta less the one that is merged in
   * its place. All zero with an encoding that loses nothing.
   */
  public float[] lost(int index) {
    float[] values = values(terms.chunks(), delta, index);
    float[] merged = terms.encoding().decode(terms.encoding().encode(values));
    for (int i = 0; i < values.length; i++) {
      values[i] -= merged[i];
    }
    return values;
  }

  private static float[] values(ChunkLayout chunks, FlatVector delta, int chunk) {
    float[] values = new float[chunks.length(chunk)];
    delta.read(chunks.offset(chunk), values, values.length);
    return values;
  }
}

package io.swarmstream.schemas.contribution;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.Hash32;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.MerkleTree;
import io.swarmstream.schemas.layout.ChunkLayout;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.masking.DeltaMask;
import io.swarmstream.schemas.signing.SignedContent;
import io.swarmstream.schemas.signing.SiteKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A site's whole signed delta for a round, ready to be sent chunk by chunk.
 *
 * <p>Chunks are read and encoded on each request, so that this object holds nothing of the model's
 * size. It keeps the payloads only if they all fit into the number of bytes that the caller allows.
 */
public final class Contribution {
  private final ContractTerms terms;
  private final FlatVector delta;

  /** Null: the delta is sent as it is. */
  private final @Nullable DeltaMask mask;

  /** The payloads, if they are kept; otherwise empty. */
  private final List<byte[]> payloads;

  private final MerkleTree tree;
  private final DeltaChunk envelope;

  private Contribution(
      ContractTerms terms,
      FlatVector delta,
      @Nullable DeltaMask mask,
      List<byte[]> payloads,
      MerkleTree tree,
      DeltaChunk envelope) {
    this.terms = terms;
    this.delta = delta;
    this.mask = mask;
    this.payloads = payloads;
    this.tree = tree;
    this.envelope = envelope;
  }

  /**
   * Hashes and signs a delta.
   *
   * @param round the round contributed to
   * @param baseHash the base model's hash; {@link Hash#ZERO} in round 0
   * @param delta site weights minus base model, as many values as the terms say; must not be
   *     modified afterwards
   * @throws IllegalArgumentException if the delta has the wrong length, or a value that is not
   *     finite or exceeds the range of the round's encoding
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
    return sign(key, terms, round, baseHash, FlatVector.of(delta), header, Long.MAX_VALUE);
  }

  /**
   * Hashes and signs a delta. Reads the delta once now and, if its payloads are not kept, once more
   * each time it is sent.
   *
   * @param delta as many values as the terms say
   * @param keptBytes maximum total bytes of payloads to keep: either all payloads are kept or none
   * @throws IllegalArgumentException if the delta has a value that is not finite, or exceeds the
   *     range of the round's encoding
   */
  public static Contribution sign(
      SiteKey key,
      ContractTerms terms,
      long round,
      Hash baseHash,
      FlatVector delta,
      ContributionHeader header,
      long keptBytes) {
    return sign(key, terms, round, baseHash, delta, header, keptBytes, null);
  }

  /**
   * Hashes and signs a delta, as the other {@code sign} does, and masks it first.
   *
   * @param mask null: it is sent as it is
   * @throws IllegalArgumentException if the delta has a value that is not finite, or exceeds the
   *     range of the round's encoding or, under masks, of the terms
   */
  public static Contribution sign(
      SiteKey key,
      ContractTerms terms,
      long round,
      Hash baseHash,
      FlatVector delta,
      ContributionHeader header,
      long keptBytes,
      @Nullable DeltaMask mask) {
    ChunkLayout chunks = terms.chunks();
    DeltaEncoding encoding = terms.deltaEncoding(round);
    DeltaRange range = new DeltaRange(terms, encoding);
    boolean keeps = terms.payloadBytes(round) <= keptBytes;
    List<byte[]> payloads = new ArrayList<>();
    List<Hash> leaves = new ArrayList<>(chunks.chunkCount());
    float[] values = new float[0];
    for (int chunk = 0; chunk < chunks.chunkCount(); chunk++) {
      values = sized(values, chunks.length(chunk));
      delta.read(chunks.offset(chunk), values, values.length);
      range.check(values, chunks.offset(chunk), delta);
      byte[] payload = encoded(terms, mask, round, header.getWeight(), chunk, values);
      leaves.add(terms.payloadHash().leaf(payload));
      if (keeps) {
        payloads.add(payload);
      }
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
            .setEncoding(encoding.code())
            .setHeader(ContributionHeader.newBuilder(header).build())
            .setMerkleRoot(tree.root().toAvro())
            .setMerkleProof(List.of())
            .setChunkHash(Hash.ZERO.toAvro())
            .setSignature(ByteBuffer.allocate(0))
            .setPayload(ByteBuffer.allocate(0))
            .setPayloadHash(terms.payloadHash().code())
            .setCohort(ByteBuffer.wrap(mask == null ? new byte[0] : mask.cohort().bytes()));
    byte[] signature = key.sign(SignedContent.of(unsigned.build()));
    return new Contribution(
        terms,
        delta,
        mask,
        payloads,
        tree,
        unsigned.setSignature(ByteBuffer.wrap(signature)).build());
  }

  /** Returns the Merkle root over the chunks, which identifies the contribution. */
  public Hash root() {
    return tree.root();
  }

  public long round() {
    return envelope.getRound();
  }

  public int chunkCount() {
    return terms.chunks().chunkCount();
  }

  /** Returns the record of one chunk. */
  public DeltaChunk chunk(int index) {
    ByteBuffer payload = ByteBuffer.wrap(payload(index));
    List<Hash32> proof = new ArrayList<>();
    tree.proof(index).forEach(hash -> proof.add(hash.toAvro()));
    return DeltaChunk.newBuilder(envelope)
        .setChunkIndex(index)
        .setMerkleProof(proof)
        .setChunkHash(tree.leaf(index).toAvro())
        .setPayload(payload)
        .build();
  }

  /** The payload of a chunk; always the same from the same values. */
  private static byte[] encoded(
      ContractTerms terms,
      @Nullable DeltaMask mask,
      long round,
      int weight,
      int chunk,
      float[] values) {
    return mask == null
        ? terms.deltaEncoding(round).encode(values)
        : mask.payload(chunk, values, weight);
  }

  private byte[] payload(int index) {
    if (index >= 0 && index < payloads.size()) {
      return payloads.get(index);
    }
    return encoded(
        terms,
        mask,
        round(),
        envelope.getHeader().getWeight(),
        index,
        values(terms.chunks(), delta, index));
  }

  /**
   * Returns the encoding error of a chunk: each value of the delta minus the value that is merged
   * in its place. All zero under a lossless encoding.
   */
  public float[] lost(int index) {
    float[] values = values(terms.chunks(), delta, index);
    float[] merged = encoding().decode(payload(index));
    for (int i = 0; i < values.length; i++) {
      values[i] -= merged[i];
    }
    return values;
  }

  /** Returns how the payloads are encoded. */
  private DeltaEncoding encoding() {
    return terms.deltaEncoding(round());
  }

  private static float[] sized(float[] array, int length) {
    return array.length == length ? array : new float[length];
  }

  private static float[] values(ChunkLayout chunks, FlatVector delta, int chunk) {
    float[] values = new float[chunks.length(chunk)];
    delta.read(chunks.offset(chunk), values, values.length);
    return values;
  }
}

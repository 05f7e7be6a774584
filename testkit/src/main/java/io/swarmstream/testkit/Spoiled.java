package io.swarmstream.testkit;

import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.MerkleTree;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.signing.SignedContent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Contributions that the site library refuses to create, but with valid signatures. */
public final class Spoiled {
  private Spoiled() {}

  /** Chunk 0 of a contribution, with all values equal, finite or not. */
  public static DeltaChunk withValues(
      TestContract contract, int site, long round, Hash base, float value) {
    float[] values = new float[contract.terms().chunks().length(0)];
    Arrays.fill(values, value);
    byte[] payload = contract.terms().deltaEncoding(round).encode(values);
    return withPayload(contract, site, round, base, payload);
  }

  /** Chunk 0 of a contribution, with any payload. */
  public static DeltaChunk withPayload(
      TestContract contract, int site, long round, Hash base, byte[] payload) {
    PayloadHash hash = contract.terms().payloadHash();
    Contribution honest = contract.contribution(site, round, base, contract.constant(0));
    MerkleTree tree =
        MerkleTree.of(
            IntStream.range(0, honest.chunkCount())
                .mapToObj(chunk -> chunk == 0 ? payload : honest.chunk(chunk).getPayload().array())
                .map(hash::leaf)
                .toList());
    DeltaChunk unsigned =
        DeltaChunk.newBuilder(honest.chunk(0))
            .setMerkleRoot(tree.root().toAvro())
            .setMerkleProof(tree.proof(0).stream().map(Hash::toAvro).toList())
            .setChunkHash(hash.leaf(payload).toAvro())
            .setPayload(ByteBuffer.wrap(payload))
            .build();
    return signed(contract, site, unsigned);
  }

  /** The chunk with a site's signature over its present content. */
  public static DeltaChunk signed(TestContract contract, int site, DeltaChunk chunk) {
    byte[] signature = contract.site(site).key().sign(SignedContent.of(chunk));
    return DeltaChunk.newBuilder(chunk).setSignature(ByteBuffer.wrap(signature)).build();
  }
}

package io.swarmstream.testkit;

import io.swarmstream.schemas.ChunkLayout;
import io.swarmstream.schemas.Contribution;
import io.swarmstream.schemas.FloatCodec;
import io.swarmstream.schemas.Hash;
import io.swarmstream.schemas.MerkleTree;
import io.swarmstream.schemas.SignedContent;
import io.swarmstream.schemas.avro.DeltaChunk;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Contributions that the site library refuses to make, rightly signed all the same. */
public final class Spoiled {
  private Spoiled() {}

  /** Chunk 0 of a contribution all of whose values are the same, finite or not. */
  public static DeltaChunk withValues(
      TestContract contract, int site, long round, Hash base, float value) {
    Contribution honest = contract.contribution(site, round, base, contract.constant(0));
    ChunkLayout chunks = contract.terms().chunks();
    MerkleTree tree =
        MerkleTree.of(
            IntStream.range(0, chunks.chunkCount())
                .mapToObj(chunk -> MerkleTree.leaf(payload(chunks.length(chunk), value)))
                .toList());
    byte[] payload = payload(chunks.length(0), value);
    DeltaChunk unsigned =
        DeltaChunk.newBuilder(honest.chunk(0))
            .setMerkleRoot(tree.root().toAvro())
            .setMerkleProof(tree.proof(0).stream().map(Hash::toAvro).toList())
            .setChunkHash(MerkleTree.leaf(payload).toAvro())
            .setPayload(ByteBuffer.wrap(payload))
            .build();
    return signed(contract, site, unsigned);
  }

  /** The chunk with a site's signature over what it says now. */
  public static DeltaChunk signed(TestContract contract, int site, DeltaChunk chunk) {
    byte[] signature = contract.site(site).key().sign(SignedContent.of(chunk));
    return DeltaChunk.newBuilder(chunk).setSignature(ByteBuffer.wrap(signature)).build();
  }

  private static byte[] payload(int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return FloatCodec.encode(values);
  }
}

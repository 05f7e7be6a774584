package io.swarmstream.testkit.real;

import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.layout.ChunkLayout;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.WireFormat;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Random;

/** Builds the largest record that the wire format allows. */
public final class LargestRecord {
  /** Levels of the Merkle tree over a model of 2^20 chunks, which is 1 TB. */
  private static final int LEVELS = 20;

  private LargestRecord() {}

  /** A full chunk of noise, with each number at its longest encoding. */
  public static byte[] deltaChunk(String contract) {
    byte[] payload = new byte[ChunkLayout.MAX_CHUNK_VALUES * Float.BYTES];
    new Random(1).nextBytes(payload);
    Hash hash = PayloadHash.BLAKE3.leaf(payload);
    ContributionHeader header =
        new ContributionHeader(
            Integer.MAX_VALUE, Long.MAX_VALUE, 0.1, 0.1, 0.1, 0.1, "check-in-of-some-length");
    return WireFormat.DELTA_CHUNK.encode(
        new DeltaChunk(
            contract,
            hash.toAvro(),
            Long.MAX_VALUE,
            SiteKey.ofSeed(1).address(),
            Integer.MAX_VALUE - 1,
            Integer.MAX_VALUE,
            hash.toAvro(),
            FloatCodec.FLOAT32,
            header,
            hash.toAvro(),
            Collections.nCopies(LEVELS, hash.toAvro()),
            hash.toAvro(),
            ByteBuffer.allocate(65),
            ByteBuffer.wrap(payload),
            "payload-hash-of-some-length",
            ByteBuffer.allocate(32)));
  }
}

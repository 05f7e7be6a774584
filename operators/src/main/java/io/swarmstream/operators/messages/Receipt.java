package io.swarmstream.operators.messages;

import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.signing.SignedContent;

/**
 * Says that a chunk was admitted; goes to the coordinator in the payload's place.
 *
 * @param appendedMs when the log took the chunk, Unix milliseconds
 * @param contribution Merkle root of the contribution, hex
 * @param signed hash of what the site signed, hex: the same delta with another header is another
 *     contribution
 * @param baseHash hash of the model it starts from, hex
 */
public record Receipt(
    ChunkRef ref,
    long appendedMs,
    String contract,
    long round,
    String site,
    int chunk,
    String contribution,
    String signed,
    String baseHash,
    Header header) {

  /** The receipt of an admitted chunk. */
  public static Receipt of(DeltaChunk chunk, ChunkRef ref, long appendedMs) {
    return new Receipt(
        ref,
        appendedMs,
        chunk.getContract(),
        chunk.getRound(),
        chunk.getSite(),
        chunk.getChunkIndex(),
        Hash.of(chunk.getMerkleRoot()).hex(),
        SignedContent.of(chunk).hex(),
        Hash.of(chunk.getBaseHash()).hex(),
        Header.of(chunk.getHeader()));
  }
}

package io.swarmstream.operators.messages;

import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.signing.SignedContent;
import io.swarmstream.schemas.wire.AvroBytes;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says that a chunk is sound; goes to the coordinator in the payload's place.
 *
 * @param appendedMs when the log took the chunk, Unix milliseconds
 * @param contribution Merkle root of the contribution, hex
 * @param signed hash of what the site signed, hex: the same delta with another header is another
 *     contribution
 * @param baseHash hash of the model it starts from, hex
 * @param turnedAway why it was not admitted all the same: then its window does not know of it;
 *     null: it was admitted
 * @param cohort hash, hex, of the cohort among which it is masked; empty: it is not
 * @param signature of a masked contribution, hex; empty: it is not masked
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
    Header header,
    @Nullable TurnedAway turnedAway,
    String cohort,
    String signature) {
  public Receipt {
    // A savepoint of before there were cohorts has neither.
    cohort = Objects.requireNonNullElse(cohort, "");
    signature = Objects.requireNonNullElse(signature, "");
  }

  /** The receipt of an admitted chunk. */
  public static Receipt of(DeltaChunk chunk, ChunkRef ref, long appendedMs) {
    return of(chunk, ref, appendedMs, null);
  }

  /** The receipt of a sound chunk that may not have been admitted. */
  public static Receipt of(
      DeltaChunk chunk, ChunkRef ref, long appendedMs, @Nullable TurnedAway turnedAway) {
    HexFormat hex = HexFormat.of();
    boolean isMasked = chunk.getCohort().hasRemaining();
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
        Header.of(chunk.getHeader()),
        turnedAway,
        hex.formatHex(AvroBytes.of(chunk.getCohort())),
        isMasked ? hex.formatHex(AvroBytes.of(chunk.getSignature())) : "");
  }
}

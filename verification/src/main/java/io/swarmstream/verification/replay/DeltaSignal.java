package io.swarmstream.verification.replay;

import io.swarmstream.operators.messages.ChunkRef;
import org.jspecify.annotations.Nullable;

/**
 * An input of a chunk of a round during its replay; {@link #kind} says which.
 *
 * @param place the site's place among the round's participants; -1 for the plan
 * @param ref place of the record in the log; null for the plan
 * @param chunkHash leaf hash, hex, of a checked delta; null for the others
 * @param flaw what is wrong with the record; null for the others
 */
public record DeltaSignal(
    long round,
    int chunk,
    int place,
    @Nullable ChunkRef ref,
    @Nullable String chunkHash,
    @Nullable String flaw) {

  /** The kinds of signals. */
  public enum Kind {
    /** The plan of the replay names the chunk. */
    PLANNED,
    /** A delta that the round record names, checked. */
    FOUND,
    /** A record that claims to be such a delta and is not. */
    FLAWED
  }

  /** The kind of this signal. */
  public Kind kind() {
    if (flaw != null) {
      return Kind.FLAWED;
    }
    return chunkHash == null ? Kind.PLANNED : Kind.FOUND;
  }

  static DeltaSignal planned(RoundChunk cell) {
    return new DeltaSignal(cell.round(), cell.chunk(), -1, null, null, null);
  }

  static DeltaSignal found(long round, int chunk, int place, ChunkRef ref, String chunkHash) {
    return new DeltaSignal(round, chunk, place, ref, chunkHash, null);
  }

  static DeltaSignal flawed(long round, int chunk, int place, ChunkRef ref, String flaw) {
    return new DeltaSignal(round, chunk, place, ref, null, flaw);
  }

  public RoundChunk key() {
    return new RoundChunk(round, chunk);
  }
}

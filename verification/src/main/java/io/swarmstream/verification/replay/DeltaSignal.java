package io.swarmstream.verification.replay;

import io.swarmstream.operators.messages.ChunkRef;
import org.jspecify.annotations.Nullable;

/**
 * Anything a chunk of a round hears while it is replayed: that the plan names it ({@code place} is
 * -1), a delta that the round record names, or what claims to be one and is not.
 *
 * @param place the site's place among the round's participants
 * @param ref where it stands in the log; null of the plan
 * @param chunkHash leaf hash, hex, of a delta that is checked; null of the others
 * @param flaw what is wrong with it; null of the others
 */
public record DeltaSignal(
    long round,
    int chunk,
    int place,
    @Nullable ChunkRef ref,
    @Nullable String chunkHash,
    @Nullable String flaw) {

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

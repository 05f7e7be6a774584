package io.swarmstream.operators.messages;

import org.jspecify.annotations.Nullable;

/**
 * What a chunk's round window receives: an admitted chunk's arrival, its dismissal, or the round's
 * plan; {@link #kind} says which.
 *
 * <p>Payloads stay in the log: an arrival has the payload's place and hash.
 *
 * <p>Each arrival gets exactly one verdict on its {@link ChunkRef}: a dismissal, or a place in the
 * plan. Arrival and verdict take different ways and may come in either order.
 *
 * @param ref place of the chunk that arrived or is dismissed; null of a plan
 * @param chunkHash leaf hash of an arrival's payload, hex; null of the others
 * @param plan the round's plan; null of the others
 */
public record ChunkSignal(
    String contract,
    int chunk,
    long round,
    @Nullable ChunkRef ref,
    @Nullable String chunkHash,
    @Nullable ChunkPlan plan) {

  /** What a signal is. */
  public enum Kind {
    /** An admitted chunk, with its place and hash. */
    ARRIVAL,
    /** The verdict that the chunk at this place is not merged. */
    DISMISSAL,
    /** The round's plan: the verdict that the chunks at these places are merged. */
    PLAN
  }

  /** Which of them it is; follows from the fields, since windows keep signals as state. */
  public Kind kind() {
    if (plan != null) {
      return Kind.PLAN;
    }
    return chunkHash == null ? Kind.DISMISSAL : Kind.ARRIVAL;
  }

  public static ChunkSignal arrival(
      String contract, int chunk, long round, ChunkRef ref, String chunkHash) {
    return new ChunkSignal(contract, chunk, round, ref, chunkHash, null);
  }

  public static ChunkSignal dismissal(Receipt receipt) {
    return new ChunkSignal(
        receipt.contract(), receipt.chunk(), receipt.round(), receipt.ref(), null, null);
  }

  public static ChunkSignal dismissal(String contract, int chunk, long round, ChunkRef ref) {
    return new ChunkSignal(contract, chunk, round, ref, null, null);
  }

  public static ChunkSignal plan(String contract, int chunk, long round, ChunkPlan plan) {
    return new ChunkSignal(contract, chunk, round, null, null, plan);
  }

  public ChunkKey key() {
    return new ChunkKey(contract, chunk);
  }
}

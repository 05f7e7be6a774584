package io.swarmstream.operators.messages;

import org.jspecify.annotations.Nullable;

/**
 * What a model's chunk receives besides its deltas; {@link #kind} says which.
 *
 * @param coefficients of a solution: how much each of the plan's deltas counts in the merged one,
 *     none when the method decides that chunk by chunk; null of the other
 * @param factors of a solution: what each delta is multiplied with first; null: none is too long
 */
@SuppressWarnings("ArrayRecordComponent") // travels, is never compared
public record ModelSignal(
    String contract,
    int chunk,
    int chunkCount,
    long round,
    double @Nullable [] coefficients,
    double @Nullable [] factors) {

  /** What a signal is. */
  public enum Kind {
    /** What the round's first pass came to. */
    SOLVED,
    /** The round's chunk seems to be lost on its way to the log and is to be published again. */
    AGAIN
  }

  /** Which of them it is. */
  public Kind kind() {
    return coefficients == null ? Kind.AGAIN : Kind.SOLVED;
  }

  public static ModelSignal again(String contract, int chunk, int chunkCount, long round) {
    return new ModelSignal(contract, chunk, chunkCount, round, null, null);
  }

  public ChunkKey key() {
    return new ChunkKey(contract, chunk);
  }
}

package io.swarmstream.operators.messages;

import org.jspecify.annotations.Nullable;

/**
 * What a model's chunk hears besides its deltas.
 *
 * @param coefficients how much each of the plan's deltas counts in the merged one, none when its
 *     method says that chunk by chunk; null: the round's chunk seems to be lost on its way to the
 *     log and is to be published again
 * @param factors what each delta is multiplied with first; null: none is too long
 */
@SuppressWarnings("ArrayRecordComponent") // travels, is never compared
public record ModelSignal(
    String contract,
    int chunk,
    int chunkCount,
    long round,
    double @Nullable [] coefficients,
    double @Nullable [] factors) {

  public static ModelSignal again(String contract, int chunk, int chunkCount, long round) {
    return new ModelSignal(contract, chunk, chunkCount, round, null, null);
  }

  public ChunkKey key() {
    return new ChunkKey(contract, chunk);
  }
}

package io.swarmstream.operators.messages;

import org.jspecify.annotations.Nullable;

/**
 * Anything a chunk's round window hears: an admitted chunk's arrival, its dismissal, or the round's
 * plan.
 *
 * <p>Payloads stay in the log: an arrival says where one stands, and what it hashes to.
 *
 * <p>Each arrival is answered by exactly one verdict on its {@link ChunkRef}: a dismissal, or a
 * place in the plan. Arrival and verdict travel by different ways and may meet in either order.
 *
 * @param chunkHash leaf hash of an arrival's payload, hex; null of the others
 */
public record ChunkSignal(
    String contract,
    int chunk,
    long round,
    @Nullable ChunkRef ref,
    @Nullable String chunkHash,
    @Nullable ChunkPlan plan) {

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

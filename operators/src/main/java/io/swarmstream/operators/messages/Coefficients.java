package io.swarmstream.operators.messages;

/** How much each of a plan's deltas counts in the merged one, for one chunk's key. */
@SuppressWarnings("ArrayRecordComponent") // travels, is never compared
public record Coefficients(
    String contract, int chunk, int chunkCount, long round, double[] values) {
  public ChunkKey key() {
    return new ChunkKey(contract, chunk);
  }
}

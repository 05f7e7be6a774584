package io.swarmstream.operators.messages;

/**
 * A delta of a closed round on its way to the model: either the merged one ({@code count} is 1), or
 * one of {@code count} that wait for coefficients.
 *
 * @param index place in the plan
 * @param payload float32, little endian
 */
@SuppressWarnings("ArrayRecordComponent") // travels, is never compared
public record GatheredDelta(
    String contract,
    int chunk,
    int chunkCount,
    long round,
    int index,
    int count,
    boolean merged,
    byte[] payload) {
  public ChunkKey key() {
    return new ChunkKey(contract, chunk);
  }
}

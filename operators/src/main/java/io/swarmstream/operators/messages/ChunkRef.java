package io.swarmstream.operators.messages;

/**
 * Where a chunk stands in its contract's deltas topic: the identity of one received chunk, however
 * often its content was sent.
 */
public record ChunkRef(int partition, long offset) {
  // Flink keys its state by this hash: it must be the same in every JVM, which a record's own need
  // not be.
  @Override
  public int hashCode() {
    return Long.hashCode(offset) * 31 + partition;
  }
}

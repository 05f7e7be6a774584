package io.swarmstream.operators.messages;

/** Chunk {@code chunk} of a contract's model: the key by which payloads are spread. */
public record ChunkKey(String contract, int chunk) {
  // Flink keys its state by this hash: it must be the same in every JVM, which a record's own need
  // not be.
  @Override
  public int hashCode() {
    return contract.hashCode() * 31 + chunk;
  }
}

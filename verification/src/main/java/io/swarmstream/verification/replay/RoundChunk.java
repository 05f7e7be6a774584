package io.swarmstream.verification.replay;

/** Chunk {@code chunk} of round {@code round}: the key under which a round's deltas meet. */
public record RoundChunk(long round, int chunk) {
  // Flink keys its state by this hash: it must be the same in every JVM, which a record's own need
  // not be.
  @Override
  public int hashCode() {
    return Long.hashCode(round) * 31 + chunk;
  }
}

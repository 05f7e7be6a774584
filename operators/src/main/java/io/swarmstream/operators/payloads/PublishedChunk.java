package io.swarmstream.operators.payloads;

/**
 * What a chunk of a model, or of the optimizer's state, is found again by, in memory or in the log.
 *
 * @param round that made it
 * @param hash its leaf hash, hex
 * @param timestampMs of its record: the log is searched from there on
 */
public record PublishedChunk(long round, String hash, long timestampMs) {
  /**
   * The same chunk whenever it was published. After a crash, an attempt that carries out a plan
   * again publishes the chunk again, and until that is in the log, it holds only the copy of an
   * attempt before.
   */
  public PublishedChunk byAnyAttempt() {
    return new PublishedChunk(round, hash, 0);
  }
}

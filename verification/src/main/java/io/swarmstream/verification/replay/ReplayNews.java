package io.swarmstream.verification.replay;

import io.swarmstream.operators.messages.SealSignal;
import org.jspecify.annotations.Nullable;

/**
 * A result of a replay, a few dozen bytes for each chunk of a round. Exactly one of the fields
 * after the round is set.
 *
 * @param missing a delta that is not in the log
 * @param made a replayed chunk of the model
 * @param solved what the round derives from its whole deltas
 */
public record ReplayNews(
    long round,
    @Nullable MissingDelta missing,
    @Nullable MadeChunk made,
    SealSignal.@Nullable Solved solved) {

  /**
   * A replayed chunk of a round's model.
   *
   * @param hash hex
   * @param squares its share of the sums from which the sites' drift is computed; null: the
   *     contract is not adaptive
   * @param figures its share of what the record says of each delta; null: the deltas are masked
   * @param state hashes, hex, of the chunk of each vector of the optimizer's state; null: the round
   *     has no optimizer
   * @param payload the chunk itself, float32 little endian; null: its round is not kept
   */
  @SuppressWarnings("ArrayRecordComponent") // travels, is never compared
  public record MadeChunk(
      int chunk,
      String hash,
      double @Nullable [] squares,
      double @Nullable [] figures,
      String @Nullable [] state,
      byte @Nullable [] payload) {}

  static ReplayNews of(MissingDelta missing) {
    return new ReplayNews(missing.round(), missing, null, null);
  }

  static ReplayNews made(long round, MadeChunk chunk) {
    return new ReplayNews(round, null, chunk, null);
  }

  static ReplayNews solved(long round, SealSignal.Solved solved) {
    return new ReplayNews(round, null, null, solved);
  }
}

package io.swarmstream.operators.verification;

import org.jspecify.annotations.Nullable;

/**
 * Anything a replay tells whoever started it, a few dozen bytes for each chunk of a round; exactly
 * one of the fields behind the round is there.
 *
 * @param missing a delta that is not in the log
 * @param made a chunk of the model made anew
 * @param solved how an iterative merge method came to its end
 */
public record ReplayNews(
    long round,
    @Nullable MissingDelta missing,
    @Nullable MadeChunk made,
    @Nullable SolvedRound solved) {

  /** A chunk of a round's model, made anew; hash in hex. */
  public record MadeChunk(int chunk, String hash) {}

  /** An iterative merge method came to its end. */
  public record SolvedRound(int iterations, double gap) {}

  static ReplayNews of(MissingDelta missing) {
    return new ReplayNews(missing.round(), missing, null, null);
  }

  static ReplayNews made(long round, int chunk, String hash) {
    return new ReplayNews(round, null, new MadeChunk(chunk, hash), null);
  }

  static ReplayNews solved(long round, int iterations, double gap) {
    return new ReplayNews(round, null, null, new SolvedRound(iterations, gap));
  }
}

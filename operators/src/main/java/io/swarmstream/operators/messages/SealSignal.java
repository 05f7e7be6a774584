package io.swarmstream.operators.messages;

import org.jspecify.annotations.Nullable;

/**
 * Anything a sealer hears; exactly one of the fields behind the round is there.
 *
 * @param again whether the round's record seems to be lost on its way to the log and is to be
 *     published again
 */
public record SealSignal(
    String contract,
    long round,
    @Nullable RoundHead head,
    @Nullable MergedChunk chunk,
    @Nullable Solved solved,
    boolean again) {

  /**
   * A chunk of the merged model is on its way to the log.
   *
   * @param hash hex
   * @param squares its share of what the sites' drift is made of; null: the contract is not
   *     adaptive
   */
  @SuppressWarnings("ArrayRecordComponent") // travels, is never compared
  public record MergedChunk(int chunk, String hash, double @Nullable [] squares) {}

  /** An iterative merge method came to its end. */
  public record Solved(int iterations, double gap) {}

  public static SealSignal of(RoundHead head) {
    return new SealSignal(head.terms().contract(), head.round(), head, null, null, false);
  }

  public static SealSignal merged(String contract, long round, MergedChunk chunk) {
    return new SealSignal(contract, round, null, chunk, null, false);
  }

  public static SealSignal solved(String contract, long round, int iterations, double gap) {
    return new SealSignal(contract, round, null, null, new Solved(iterations, gap), false);
  }

  public static SealSignal again(String contract, long round) {
    return new SealSignal(contract, round, null, null, null, true);
  }
}

package io.swarmstream.operators.messages;

import org.jspecify.annotations.Nullable;

/** Anything a sealer hears; exactly one of the fields behind the round is there. */
public record SealSignal(
    String contract,
    long round,
    @Nullable RoundHead head,
    @Nullable MergedChunk chunk,
    @Nullable Solved solved) {

  /** A chunk of the merged model is on its way to the log; hash in hex. */
  public record MergedChunk(int chunk, String hash) {}

  /** An iterative merge method came to its end. */
  public record Solved(int iterations, double gap) {}

  public static SealSignal of(RoundHead head) {
    return new SealSignal(head.terms().contract(), head.round(), head, null, null);
  }

  public static SealSignal merged(String contract, long round, int chunk, String hash) {
    return new SealSignal(contract, round, null, new MergedChunk(chunk, hash), null);
  }

  public static SealSignal solved(String contract, long round, int iterations, double gap) {
    return new SealSignal(contract, round, null, null, new Solved(iterations, gap));
  }
}

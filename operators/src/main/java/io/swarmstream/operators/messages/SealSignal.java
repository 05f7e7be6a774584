package io.swarmstream.operators.messages;

import org.jspecify.annotations.Nullable;

/**
 * What a sealer receives; {@link #kind} says which of the fields behind the round is set, and the
 * others are null.
 *
 * @param again whether it is {@link Kind#AGAIN}
 */
public record SealSignal(
    String contract,
    long round,
    @Nullable RoundHead head,
    @Nullable MergedChunk chunk,
    @Nullable Solved solved,
    boolean again) {

  /** What a signal is. */
  public enum Kind {
    /** The round has closed: all of its record but the model. */
    HEAD,
    /** A chunk of the model is merged. */
    CHUNK,
    /** What the round's first pass came to. */
    SOLVED,
    /** The round's record seems to be lost on its way to the log and is to be published again. */
    AGAIN
  }

  /** Which of them it is. */
  public Kind kind() {
    if (again) {
      return Kind.AGAIN;
    }
    if (head != null) {
      return Kind.HEAD;
    }
    return chunk != null ? Kind.CHUNK : Kind.SOLVED;
  }

  /**
   * A chunk of the merged model is on its way to the log.
   *
   * @param hash hex
   * @param squares its share of what the sites' drift is made of; null: the contract is not
   *     adaptive
   * @param figures its share of what the record says of each delta; null: the chunk was merged by a
   *     job that did not compute it
   * @param state hashes, hex, of the chunk of each vector of the optimizer's state; null: the round
   *     has no optimizer
   */
  @SuppressWarnings("ArrayRecordComponent") // travels, is never compared
  public record MergedChunk(
      int chunk,
      String hash,
      double @Nullable [] squares,
      double @Nullable [] figures,
      String @Nullable [] state) {}

  /**
   * What a round had to know of its whole deltas is known.
   *
   * @param iterations of an iterative merge method; else 0
   * @param gap that it left; else 0
   * @param norms length of each delta; null: lengths are not limited in this round
   * @param normLimit the longest that one was allowed to be; 0: there was no limit after all
   */
  @SuppressWarnings("ArrayRecordComponent") // travels, is never compared
  public record Solved(int iterations, double gap, double @Nullable [] norms, double normLimit) {
    /** Of a round that had to know nothing. */
    public static final Solved NOTHING = new Solved(0, 0, null, 0);
  }

  public static SealSignal of(RoundHead head) {
    return new SealSignal(head.terms().contract(), head.round(), head, null, null, false);
  }

  public static SealSignal merged(String contract, long round, MergedChunk chunk) {
    return new SealSignal(contract, round, null, chunk, null, false);
  }

  public static SealSignal solved(String contract, long round, Solved solved) {
    return new SealSignal(contract, round, null, null, solved, false);
  }

  public static SealSignal again(String contract, long round) {
    return new SealSignal(contract, round, null, null, null, true);
  }
}

package io.swarmstream.verification.replay;

import io.swarmstream.operators.messages.ChunkKey;
import io.swarmstream.operators.messages.ModelSignal;
import org.jspecify.annotations.Nullable;

/**
 * An input of a chunk of the model besides its deltas; {@link #kind} says which.
 *
 * @param coefficients of a solution: coefficients of the round's deltas; null for a base
 * @param factors of a solution: factor that each delta is multiplied with first; null: none is too
 *     long
 * @param base the published model's chunk of that round, float32 little endian; null for a solution
 */
@SuppressWarnings("ArrayRecordComponent") // travels, is never compared
public record StepSignal(
    String contract,
    int chunk,
    long round,
    double @Nullable [] coefficients,
    double @Nullable [] factors,
    byte @Nullable [] base) {

  /** The kinds of signals. */
  public enum Kind {
    /** The result of the round's first pass. */
    SOLVED,
    /** A published model's chunk to start from. */
    BASE
  }

  /** The kind of this signal. */
  public Kind kind() {
    return base == null ? Kind.SOLVED : Kind.BASE;
  }

  static StepSignal of(ModelSignal solved) {
    return new StepSignal(
        solved.contract(),
        solved.chunk(),
        solved.round(),
        solved.coefficients(),
        solved.factors(),
        null);
  }

  static StepSignal base(String contract, int chunk, long round, byte[] payload) {
    return new StepSignal(contract, chunk, round, null, null, payload);
  }

  public ChunkKey key() {
    return new ChunkKey(contract, chunk);
  }
}

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
 * @param base the published chunk of that round, float32 little endian; null for a solution
 * @param vector of the optimizer's state that the base is of; {@link #MODEL}: of the model
 */
@SuppressWarnings("ArrayRecordComponent") // travels, is never compared
public record StepSignal(
    String contract,
    int chunk,
    long round,
    double @Nullable [] coefficients,
    double @Nullable [] factors,
    byte @Nullable [] base,
    int vector) {
  /** No vector of the state, but the model. */
  public static final int MODEL = -1;

  /** The kinds of signals. */
  public enum Kind {
    /** The result of the round's first pass. */
    SOLVED,
    /** A published chunk to start from. */
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
        null,
        MODEL);
  }

  static StepSignal base(String contract, int chunk, long round, int vector, byte[] payload) {
    return new StepSignal(contract, chunk, round, null, null, payload, vector);
  }

  public ChunkKey key() {
    return new ChunkKey(contract, chunk);
  }
}

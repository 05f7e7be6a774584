package io.swarmstream.verification.replay;

import io.swarmstream.operators.messages.ChunkKey;
import io.swarmstream.operators.messages.ModelSignal;
import org.jspecify.annotations.Nullable;

/**
 * What a chunk of the model needs beside its deltas; exactly one of the fields behind the round is
 * there.
 *
 * @param coefficients of the round's deltas
 * @param factors that come with them: what each delta is multiplied with first; null: none is too
 *     long
 * @param base the published model's chunk of that round, float32 little endian
 */
@SuppressWarnings("ArrayRecordComponent") // travels, is never compared
public record StepSignal(
    String contract,
    int chunk,
    long round,
    double @Nullable [] coefficients,
    double @Nullable [] factors,
    byte @Nullable [] base) {

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

package io.swarmstream.operators.merging;

import io.swarmstream.merge.ServerOptimizer;
import io.swarmstream.operators.messages.GatheredRound;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.hashing.PayloadHash;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chunk of the next model, and of the optimizer's state that made it.
 *
 * <p>As for {@link ChunkMerge}, the arithmetic is here and nowhere else, so that the job and a
 * verification get the same bits.
 *
 * @param model float32 little endian
 * @param state each vector of the state, float32 little endian; empty: the round has no optimizer
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record ChunkStep(byte[] model, List<byte[]> state) {

  /** Whether an optimizer has a part in a round. Round 0 merges initial weights: it has none. */
  public static boolean isOptimized(Optimizer optimizer, long round) {
    return !optimizer.isNone() && round > 0;
  }

  /** Returns how many vectors the optimizer remembers; 0 without one. */
  public static int vectors(Optimizer optimizer) {
    return optimizer.isNone() ? 0 : named(optimizer).vectors();
  }

  /**
   * Returns the optimizer that the terms name.
   *
   * @throws IllegalArgumentException if there is no such optimizer here
   */
  public static ServerOptimizer named(Optimizer optimizer) {
    return ServerOptimizer.of(optimizer.name(), optimizer.parameters());
  }

  /**
   * Makes a step.
   *
   * @param base the model's chunk before; null: zero, before round 0
   * @param before each vector of the state before; empty: the optimizer begins
   * @param delta what the round merged
   */
  public static ChunkStep after(
      GatheredRound round, byte @Nullable [] base, List<byte[]> before, MergedDelta delta) {
    List<byte[]> state = state(round, before, delta);
    return new ChunkStep(model(round, base, state, delta), state);
  }

  /** Makes the state after a round from the one before. */
  static List<byte[]> state(GatheredRound round, List<byte[]> before, MergedDelta delta) {
    if (!isOptimized(round.optimizer(), round.round())) {
      return List.of();
    }
    ServerOptimizer optimizer = named(round.optimizer());
    float[][] state = before.isEmpty() ? optimizer.begin(delta.values().length) : decoded(before);
    if (delta.counted()) {
      optimizer.advance(delta.values(), state);
    }
    return Arrays.stream(state).map(FloatCodec::encode).toList();
  }

  /** Makes the model after a round from the one before and from the state after it. */
  static byte[] model(
      GatheredRound round, byte @Nullable [] base, List<byte[]> state, MergedDelta delta) {
    // A round that merges nothing leaves the model as it is; momentum alone may not move it.
    boolean steps = isOptimized(round.optimizer(), round.round()) && delta.counted();
    return ChunkMerge.next(
        base,
        steps ? named(round.optimizer()).step(delta.values(), decoded(state)) : delta.values());
  }

  private static float[][] decoded(List<byte[]> vectors) {
    return vectors.stream().map(FloatCodec::decode).toArray(float[][]::new);
  }

  /** Returns the leaf hash, hex, of each vector's chunk; null: there is no state. */
  public String @Nullable [] stateHashes(PayloadHash function) {
    return state.isEmpty()
        ? null
        : state.stream().map(vector -> function.leaf(vector).hex()).toArray(String[]::new);
  }
}

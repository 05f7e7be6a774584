package io.swarmstream.operators.merging;

import io.swarmstream.merge.CoordinateMerge;
import io.swarmstream.merge.Gram;
import io.swarmstream.merge.GramMerge;
import io.swarmstream.merge.MergeMethod;
import io.swarmstream.merge.MergeMethods;
import io.swarmstream.merge.WeightedSum;
import io.swarmstream.schemas.FloatCodec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What merging makes of one chunk's deltas: their merged delta, or, where the method needs the
 * whole model for that, the chunk's share of the Gram matrix.
 *
 * <p>The arithmetic of a round is here and nowhere else, so that the job and whoever replays a
 * round do the same to the last bit. Exactly one of the two is there.
 *
 * @param delta the merged delta
 * @param gram n x n, row-major, of the n deltas in their order
 */
@SuppressWarnings("ArrayRecordComponent") // is never compared
public record ChunkMerge(float @Nullable [] delta, double @Nullable [] gram) {

  /**
   * Merges the deltas of one chunk.
   *
   * @param method name of the merge method
   * @param payloads the deltas, float32 little endian, in the order of the sites' address
   * @param weights their weights, in the same order
   */
  public static ChunkMerge of(String method, byte[][] payloads, int[] weights) {
    float[][] deltas = decode(payloads);
    MergeMethod named = MergeMethods.named(method);
    if (Arrays.stream(weights).allMatch(weight -> weight == 0)) {
      // All took part without counting: the model stays as it is (in round 0: all zero).
      return new ChunkMerge(new float[deltas[0].length], null);
    }
    if (named instanceof CoordinateMerge perCoordinate) {
      float[] result = new float[deltas[0].length];
      perCoordinate.merge(deltas, weights, result);
      return new ChunkMerge(result, null);
    }
    return new ChunkMerge(null, Gram.ofChunk(deltas, weights));
  }

  /** Whether a method comes to its end by coefficients for whole deltas, with these weights. */
  public static boolean needsGram(String method, int[] weights) {
    return MergeMethods.named(method) instanceof GramMerge
        && Arrays.stream(weights).anyMatch(weight -> weight > 0);
  }

  /** The merged delta of a chunk once the coefficients of its deltas are known. */
  public static float[] sum(byte[][] payloads, double[] coefficients) {
    float[][] deltas = decode(payloads);
    float[] sum = new float[deltas[0].length];
    WeightedSum.of(deltas, coefficients, sum);
    return sum;
  }

  /**
   * The next model's chunk.
   *
   * @param base the model's chunk before, float32 little endian; null: zero, before round 0
   * @param delta the merged delta; may be changed
   * @return base plus delta, float32 little endian
   */
  public static byte[] next(byte @Nullable [] base, float[] delta) {
    float[] next = base == null ? delta : FloatCodec.decode(base);
    if (base != null) {
      for (int i = 0; i < next.length; i++) {
        // Finite deltas may still sum beyond float32; an infinity would end the training for
        // everybody.
        next[i] = Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, next[i] + delta[i]));
      }
    }
    return FloatCodec.encode(next);
  }

  private static float[][] decode(byte[][] payloads) {
    float[][] deltas = new float[payloads.length][];
    for (int i = 0; i < payloads.length; i++) {
      deltas[i] = FloatCodec.decode(payloads[i]);
    }
    return deltas;
  }
}

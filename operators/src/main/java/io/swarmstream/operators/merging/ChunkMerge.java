package io.swarmstream.operators.merging;

import io.swarmstream.merge.CoordinateMerge;
import io.swarmstream.merge.Drift;
import io.swarmstream.merge.Gram;
import io.swarmstream.merge.GramMerge;
import io.swarmstream.merge.MergeMethod;
import io.swarmstream.merge.MergeMethods;
import io.swarmstream.operators.messages.GatheredRound;
import io.swarmstream.operators.messages.GramPart;
import io.swarmstream.operators.payloads.PayloadReader;
import io.swarmstream.schemas.FloatCodec;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What merging makes of one chunk's deltas.
 *
 * <p>The arithmetic of a round is here and nowhere else, so that the job and whoever replays a
 * round do the same to the last bit.
 */
public final class ChunkMerge {
  private static final int TILE = 4096;

  private ChunkMerge() {}

  /** Whether a round comes to its end by coefficients for whole deltas. */
  public static boolean needsGram(GatheredRound round) {
    return needsGram(round.method(), round.weights());
  }

  /** Whether a method comes to its end by coefficients for whole deltas, with these weights. */
  public static boolean needsGram(String method, int[] weights) {
    MergeMethod named = MergeMethods.named(method);
    return named instanceof GramMerge && canMerge(named, weights);
  }

  /** The chunk's share of the round's Gram matrix. */
  public static GramPart gram(GatheredRound round, PayloadReader payloads)
      throws IOException, InterruptedException {
    int[] weights = round.weights();
    float[][] deltas = payloads.rows(round, false);
    return new GramPart(
        round.contract(),
        round.chunk(),
        round.chunkCount(),
        round.round(),
        round.method(),
        weights,
        Gram.ofChunk(deltas, weights));
  }

  /**
   * The merged delta of a chunk.
   *
   * @param coefficients of the deltas, for a round that {@linkplain #needsGram needs the Gram
   *     matrix}; else null
   */
  public static MergedDelta delta(
      GatheredRound round, double @Nullable [] coefficients, PayloadReader payloads)
      throws IOException, InterruptedException {
    float[][] deltas = payloads.rows(round, true);
    float[] merged = new float[deltas[0].length];
    int[] weights = round.weights();
    MergeMethod method = MergeMethods.named(round.method());
    if (coefficients != null) {
      ((GramMerge) method).apply(deltas, weights, coefficients, merged);
    } else if (canMerge(method, weights)) {
      ((CoordinateMerge) method).merge(deltas, weights, merged);
    }
    // Else too few count for the method: the model stays as it is (in round 0: all zero).
    return new MergedDelta(merged, round.adaptive() ? Drift.squares(deltas, merged) : null);
  }

  /**
   * Whether so many deltas count that the method can merge them. Sites that take part with weight 0
   * make a quorum, too: no site may stop the job with that.
   */
  private static boolean canMerge(MergeMethod method, int[] weights) {
    return Arrays.stream(weights).filter(weight -> weight > 0).count() >= method.minParticipants();
  }

  /**
   * The next model's chunk.
   *
   * @param base the model's chunk before, float32 little endian; null: zero, before round 0
   * @param delta the merged delta
   * @return base plus delta, float32 little endian
   */
  public static byte[] next(byte @Nullable [] base, float[] delta) {
    if (base == null) {
      return FloatCodec.encode(delta);
    }
    float[] next = FloatCodec.decode(base);
    for (int from = 0; from < next.length; from += TILE) {
      add(delta, next, from, Math.min(next.length, from + TILE));
    }
    return FloatCodec.encode(next);
  }

  /** Called often enough to be compiled well. */
  private static void add(float[] delta, float[] sum, int from, int to) {
    for (int i = from; i < to; i++) {
      // Finite deltas may still sum beyond float32; an infinity would end the training for
      // everybody.
      sum[i] = Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, sum[i] + delta[i]));
    }
  }
}

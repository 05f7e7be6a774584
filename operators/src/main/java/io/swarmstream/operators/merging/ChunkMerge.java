package io.swarmstream.operators.merging;

import io.swarmstream.merge.CoordinateMerge;
import io.swarmstream.merge.Drift;
import io.swarmstream.merge.GramMerge;
import io.swarmstream.merge.MergeMethod;
import io.swarmstream.merge.MergeMethods;
import io.swarmstream.merge.NormLimit;
import io.swarmstream.operators.messages.GatheredRound;
import io.swarmstream.operators.messages.RoundPart;
import io.swarmstream.operators.payloads.DeltaRows;
import io.swarmstream.operators.payloads.PayloadReader;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.encoding.FloatCodec;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Merges one chunk's deltas with the contract's merge method.
 *
 * <p>The arithmetic of a round is here and nowhere else, so that the job and a verification get the
 * same bits. The methods themselves are in {@link MergeMethods}.
 */
public final class ChunkMerge {
  private static final int TILE = 4096;

  private ChunkMerge() {}

  /** Whether a round has to know something of whole deltas before it can merge any chunk. */
  public static boolean hasFirstPass(GatheredRound round) {
    return hasFirstPass(round.method(), round.limits(), round.round(), round.weights());
  }

  /**
   * The same of a round of this method and these limits.
   *
   * @param weights what the deltas count, within the limits
   */
  public static boolean hasFirstPass(String method, Limits limits, long round, int[] weights) {
    MergeMethod named = MergeMethods.named(method);
    return canMerge(named, weights)
        && (named instanceof GramMerge || RoundLimits.norm(limits, round, weights).isPresent());
  }

  /** The first pass over a chunk: its share of what the round has to know. */
  public static RoundPart firstPass(GatheredRound round, PayloadReader payloads)
      throws IOException, InterruptedException {
    int[] weights = round.weights();
    float[][] deltas = payloads.rows(round, false).values();
    boolean needsGram = MergeMethods.named(round.method()) instanceof GramMerge;
    boolean limitsNorms = RoundLimits.norm(round.limits(), round.round(), weights).isPresent();
    return new RoundPart(
        round.contract(),
        round.chunk(),
        round.chunkCount(),
        round.round(),
        round.method(),
        weights,
        round.limits(),
        FirstPass.sums(deltas, weights, needsGram, limitsNorms));
  }

  /**
   * The merged delta of a chunk.
   *
   * @param coefficients of the deltas, for a round whose method needs them; else null, or none
   * @param factors what each delta is multiplied with first; null: none is too long
   */
  public static MergedDelta delta(
      GatheredRound round,
      double @Nullable [] coefficients,
      double @Nullable [] factors,
      PayloadReader payloads)
      throws IOException, InterruptedException {
    DeltaRows rows = payloads.rows(round, true);
    float[][] deltas = rows.values();
    float[] merged = new float[deltas[0].length];
    int[] weights = round.weights();
    MergeMethod method = MergeMethods.named(round.method());
    if (factors != null) {
      NormLimit.scale(deltas, factors);
    }
    if (canMerge(method, weights)) {
      if (method instanceof GramMerge gram) {
        gram.apply(deltas, weights, Objects.requireNonNull(coefficients), merged);
      } else {
        ((CoordinateMerge) method).merge(deltas, weights, merged);
      }
    }
    // Else too few count for the method: the model stays as it is (in round 0: all zero).
    return new MergedDelta(
        merged,
        round.adaptive() ? Drift.squares(deltas, merged) : null,
        DeltaSums.share(deltas, merged, rows.bytes()));
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

  /** A method of its own, called once for each tile, so that the compiler optimises it. */
  private static void add(float[] delta, float[] sum, int from, int to) {
    for (int i = from; i < to; i++) {
      // Finite deltas may still sum beyond float32; an infinity would end the training for
      // everybody.
      sum[i] = Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, sum[i] + delta[i]));
    }
  }
}

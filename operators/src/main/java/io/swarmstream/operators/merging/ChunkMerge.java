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
import io.swarmstream.schemas.masking.MaskedSum;
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
    return hasFirstPass(round.method(), round.limits(), round.round(), round.rowWeights());
  }

  /**
   * The same of a round of this method and these limits.
   *
   * @param weights what the rows count that are merged, within the limits
   */
  public static boolean hasFirstPass(String method, Limits limits, long round, int[] weights) {
    MergeMethod named = MergeMethods.named(method);
    return canMerge(named, weights)
        && (named instanceof GramMerge || RoundLimits.norm(limits, round, weights).isPresent());
  }

  /** The first pass over a chunk: its share of what the round has to know. */
  public static RoundPart firstPass(GatheredRound round, PayloadReader payloads)
      throws IOException, InterruptedException {
    int[] weights = round.rowWeights();
    float[][] deltas = rows(round, false, payloads).values();
    return new RoundPart(
        round.contract(),
        round.chunk(),
        round.chunkCount(),
        round.round(),
        round.method(),
        weights,
        round.limits(),
        sums(round.method(), round.limits(), round.round(), deltas, weights));
  }

  private static double[] sums(
      String method, Limits limits, long round, float[][] deltas, int[] weights) {
    boolean needsGram = MergeMethods.named(method) instanceof GramMerge;
    boolean limitsNorms = RoundLimits.norm(limits, round, weights).isPresent();
    return FirstPass.sums(deltas, weights, needsGram, limitsNorms);
  }

  /**
   * Merges deltas that are in memory, as the job does if the model is one chunk.
   *
   * @param deltas the values of each; they stay as they are
   * @param weights what the deltas count, within the limits
   * @return the merged delta; zero if too few of them count for the method
   */
  public static float[] whole(
      String method, Limits limits, long round, float[][] deltas, int[] weights) {
    float[][] rows = Arrays.stream(deltas).map(float[]::clone).toArray(float[][]::new);
    if (!hasFirstPass(method, limits, round, weights)) {
      return merged(MergeMethods.named(method), rows, weights, null, null);
    }
    double[] sums = sums(method, limits, round, deltas, weights);
    FirstPass known =
        FirstPass.of(new RoundPart("", 0, 1, round, method, weights, limits, sums), sums);
    return merged(MergeMethods.named(method), rows, weights, known.coefficients(), known.factors());
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
    DeltaRows rows = rows(round, true, payloads);
    float[][] deltas = rows.values();
    int[] weights = round.rowWeights();
    MergeMethod method = MergeMethods.named(round.method());
    float[] merged = merged(method, deltas, weights, coefficients, factors);
    return new MergedDelta(
        merged,
        round.adaptive() ? Drift.squares(deltas, merged) : null,
        round.masks() == null ? DeltaSums.share(deltas, merged, rows.bytes()) : null,
        canMerge(method, weights));
  }

  /**
   * What is merged: the deltas, or, under masks, the mean of each group. Then nothing is known of
   * single deltas, so there are no figures of them either.
   *
   * @param last whether nobody reads the payloads again
   */
  private static DeltaRows rows(GatheredRound round, boolean last, PayloadReader payloads)
      throws IOException, InterruptedException {
    @Nullable MaskedSum masks = round.masks();
    return masks == null
        ? payloads.rows(round, last)
        : new DeltaRows(
            masks.means(round.chunk(), payloads.payloads(round, last), round.weights()),
            new int[0]);
  }

  /** Scales the deltas in place, and merges them. */
  private static float[] merged(
      MergeMethod method,
      float[][] deltas,
      int[] weights,
      double @Nullable [] coefficients,
      double @Nullable [] factors) {
    float[] merged = new float[deltas[0].length];
    if (factors != null) {
      NormLimit.scale(deltas, factors);
    }
    if (!canMerge(method, weights)) {
      return merged; // the model stays as it is (in round 0: all zero)
    }
    if (method instanceof GramMerge gram) {
      gram.apply(deltas, weights, Objects.requireNonNull(coefficients), merged);
    } else {
      ((CoordinateMerge) method).merge(deltas, weights, merged);
    }
    return merged;
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
   * @param delta the merged delta, or the step that an optimizer has made of it
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

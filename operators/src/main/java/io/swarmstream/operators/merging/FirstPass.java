package io.swarmstream.operators.merging;

import io.swarmstream.merge.Gram;
import io.swarmstream.merge.GramMerge;
import io.swarmstream.merge.GramSolution;
import io.swarmstream.merge.MergeMethod;
import io.swarmstream.merge.MergeMethods;
import io.swarmstream.merge.NormLimit;
import io.swarmstream.operators.messages.RoundPart;
import io.swarmstream.operators.messages.SealSignal;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a round knows of its whole deltas before its chunks are merged: which are too long, and what
 * each counts in the merged one.
 *
 * @param coefficients none when the method says chunk by chunk what each delta counts
 * @param factors what each delta is multiplied with first; null: none is too long
 * @param end for the round record
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record FirstPass(double[] coefficients, double @Nullable [] factors, SealSignal.Solved end) {
  private static final double[] NONE = {};

  /** What one chunk adds to the sums that {@link #of} takes. */
  static double[] sums(float[][] deltas, int[] weights, boolean needsGram, boolean limitsNorms) {
    if (!limitsNorms) {
      return Gram.ofChunk(deltas, weights);
    }
    double[] squares = NormLimit.squares(deltas);
    return needsGram ? join(squares, Gram.withZero(deltas, weights)) : squares;
  }

  private static double[] join(double[] one, double[] other) {
    double[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  /**
   * What follows from the sums over all chunks.
   *
   * @param sums in the order of the chunks
   */
  static FirstPass of(RoundPart round, double[] sums) {
    MergeMethod method = MergeMethods.named(round.method());
    int[] weights = round.weights();
    Optional<NormLimit> limit = RoundLimits.norm(round.limits(), round.round(), weights);
    if (limit.isEmpty()) {
      GramSolution solution = ((GramMerge) method).solve(sums, weights);
      return new FirstPass(
          solution.coefficients(),
          null,
          new SealSignal.Solved(solution.iterations(), solution.gap(), null, 0));
    }
    int n = weights.length;
    double[] norms = Arrays.stream(sums, 0, n).map(Math::sqrt).toArray();
    double longest = limit.get().of(norms, weights);
    double[] factors = factors(norms, weights, longest);
    double said = Double.isInfinite(longest) ? 0 : longest;
    if (!(method instanceof GramMerge gram)) {
      return new FirstPass(NONE, unlessOnes(factors), new SealSignal.Solved(0, 0, norms, said));
    }
    double[] withZero = Arrays.copyOfRange(sums, n, sums.length);
    GramSolution solution = gram.solve(Gram.scaled(withZero, factors), weights);
    return new FirstPass(
        solution.coefficients(),
        unlessOnes(factors),
        new SealSignal.Solved(solution.iterations(), solution.gap(), norms, said));
  }

  /** Deltas of weight 0 have no influence, however long they are. */
  private static double[] factors(double[] norms, int[] weights, double longest) {
    double[] factors = new double[norms.length];
    Arrays.setAll(factors, k -> weights[k] > 0 ? NormLimit.factor(norms[k], longest) : 1);
    return factors;
  }

  private static double @Nullable [] unlessOnes(double[] factors) {
    return Arrays.stream(factors).allMatch(factor -> factor == 1) ? null : factors;
  }
}

package io.swarmstream.merge;

/**
 * A merge method whose result is a weighted sum of the deltas, with coefficients that depend only
 * on the inner products of the deltas.
 *
 * <p>A round takes two passes over its chunks, however long the search for the coefficients takes:
 * {@link Gram#ofChunk} on each chunk, and {@link #apply} once {@link #solve} has returned.
 * Implementations are stateless, safe for concurrent use, and do not modify their inputs.
 */
public non-sealed interface GramMerge extends MergeMethod {

  /**
   * Finds the coefficients of the merged delta.
   *
   * @param gram inner products of the deltas about a common centre, n x n, row-major, symmetric;
   *     the sum of {@link Gram#ofChunk} over all chunks
   * @param weights n weights, none negative and at least one positive; a row of weight 0 has no
   *     influence and gets coefficient 0
   * @throws IllegalArgumentException if the shapes or the weights are not as above, or an entry of
   *     the matrix between rows of positive weight is not finite, or there are fewer than {@link
   *     #minParticipants} rows of positive weight
   */
  GramSolution solve(double[] gram, int[] weights);

  /**
   * Merges one chunk in the second pass, once {@link #solve} has returned. The default
   * implementation computes the weighted sum of the deltas.
   *
   * @param deltas one row per site, in the canonical order, each of exactly {@code out.length}
   *     values
   * @param weights the weights passed to {@code solve}
   * @param coefficients the coefficients that {@code solve} found
   * @throws IllegalArgumentException if the shapes are not as above
   */
  default void apply(float[][] deltas, int[] weights, double[] coefficients, float[] out) {
    WeightedSum.of(deltas, coefficients, out);
  }
}

package io.swarmstream.merge;

/**
 * A merge method whose result is a weighted sum of the deltas, with coefficients that follow from
 * the deltas' inner products alone.
 *
 * <p>A round then takes two passes over its chunks, however long the search for the coefficients:
 * {@link Gram#ofChunk} on each chunk, and {@link #apply} once {@link #solve} has answered.
 * Implementations are stateless, safe for concurrent use, and leave their inputs as they were.
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
   * The second pass over one chunk: the merged delta, once {@link #solve} has answered. As a rule
   * the weighted sum of the deltas.
   *
   * @param deltas one row per site, in the canonical order, each of exactly {@code out.length}
   *     values
   * @param weights as given to {@code solve}
   * @param coefficients what {@code solve} found
   * @throws IllegalArgumentException if the shapes are not as above
   */
  default void apply(float[][] deltas, int[] weights, double[] coefficients, float[] out) {
    WeightedSum.of(deltas, coefficients, out);
  }
}

package io.swarmstream.merge;

/**
 * A merge method in which each merged coordinate depends on that coordinate of the deltas only.
 *
 * <p>It therefore runs chunk by chunk, in any order and on any number of machines. Implementations
 * are stateless, safe for concurrent use, and do not modify their inputs.
 */
public non-sealed interface CoordinateMerge extends MergeMethod {

  /**
   * Merges one chunk: {@code out[j]} becomes a function of {@code deltas[*][j]} and the weights.
   *
   * @param deltas one row per site, in the canonical order of the sites, each of exactly {@code
   *     out.length} finite values
   * @param weights one weight per row, none negative and at least one positive; a row of weight 0
   *     has no influence, whatever its values
   * @param out receives the merged chunk
   * @throws IllegalArgumentException if the shapes or the weights are not as above
   */
  void merge(float[][] deltas, int[] weights, float[] out);
}

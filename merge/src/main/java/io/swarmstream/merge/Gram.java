package io.swarmstream.merge;

/**
 * Partial Gram matrices: the inner products of a round's deltas, one chunk at a time.
 *
 * <p>Differences of deltas are what a merge looks at, so any centre common to all rows will do, and
 * a different one in each chunk. The centre decides the accuracy: squared distances come from
 * cancelling entries, so it has to lie among the rows that matter. The coordinate-wise weighted
 * median does, whatever less than half of the weight may hold, and it needs this chunk only.
 */
public final class Gram {

  private Gram() {}

  /**
   * The Gram matrix of one chunk about the weighted median of its rows of positive weight.
   *
   * @param deltas n rows of equal length, in the canonical order of the sites
   * @param weights n weights, none negative and at least one positive; rows of weight 0 have
   *     entries in the matrix, but no influence on the centre
   * @return n x n, row-major, exactly symmetric
   * @throws IllegalArgumentException if the shapes or the weights are not as above
   */
  public static double[] ofChunk(float[][] deltas, int[] weights) {
    int length = deltas.length == 0 ? 0 : deltas[0].length;
    CountedRows counted = CountedRows.of(deltas, weights, length);
    TileMedian median = TileMedian.of(counted);
    float[] centre = new float[GramLanes.BLOCK];
    GramLanes lanes = new GramLanes(deltas.length);
    for (int from = 0; from < length; from += GramLanes.BLOCK) {
      int block = Math.min(GramLanes.BLOCK, length - from);
      median.median(counted.rows(), from, block, centre, 0);
      lanes.add(deltas, from, block, centre);
    }
    return lanes.matrix();
  }

  /**
   * Adds a chunk's matrix to the sum of those before it.
   *
   * <p>Callers add in the order of the chunks, so that the bits of the sum do not depend on which
   * chunk arrived first.
   *
   * @throws IllegalArgumentException if the two matrices differ in size
   */
  public static void add(double[] sum, double[] part) {
    if (sum.length != part.length) {
      throw new IllegalArgumentException(
          "the sum has %d entries, the part %d; add parts of the same round's sites only"
              .formatted(sum.length, part.length));
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] += part[i];
    }
  }
}

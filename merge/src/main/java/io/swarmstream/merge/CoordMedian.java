package io.swarmstream.merge;

/**
 * Computes the coordinate-wise weighted median, which {@link TileMedian} defines.
 *
 * <p>Rows that hold less than half of the weight cannot move a coordinate beyond the values of the
 * other rows. The result has the same bits for any order of the rows. With equal weights, it has
 * the bits of NumPy's {@code median} of float32, with two exceptions: it preserves the sign of a
 * zero and the midpoint of huge values.
 */
final class CoordMedian implements CoordinateMerge {

  @Override
  public String name() {
    return "coordmedian";
  }

  @Override
  public void merge(float[][] deltas, int[] weights, float[] out) {
    CountedRows counted = CountedRows.of(deltas, weights, out.length);
    TileMedian tile = TileMedian.of(counted);
    for (int from = 0; from < out.length; from += TileMedian.LIMIT) {
      int length = Math.min(TileMedian.LIMIT, out.length - from);
      tile.median(counted.rows(), from, length, out, from);
    }
  }
}

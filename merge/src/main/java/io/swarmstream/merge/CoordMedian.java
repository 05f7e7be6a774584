package io.swarmstream.merge;

/**
 * The coordinate-wise weighted median; {@link TileMedian} has the definition.
 *
 * <p>Less than half of the weight cannot move any coordinate beyond the values of the others. The
 * result is the same bits for any order of the rows and, with equal weights, those of NumPy's
 * {@code median} of float32, except that the sign of a zero and a midpoint of huge values survive.
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

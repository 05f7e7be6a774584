package io.swarmstream.merge;

/**
 * The coordinate-wise weighted median of a short run of coordinates.
 *
 * <p>With W the total weight and W(x) the weight of the values up to x, the minimisers of {@code
 * sum w_k |x_k - m|} form the interval from the smallest value with {@code 2 W(x) >= W} to the
 * smallest one with {@code 2 W(x) > W}, and the median is its midpoint. Weights are integers so
 * that "exactly half" is exact. The order of the rows has no influence on any bit; -0 counts as
 * smaller than +0; a NaN in a column makes its median NaN.
 *
 * <p>An instance owns scratch memory and serves one thread.
 */
interface TileMedian {

  /** Longest run of coordinates per call; not a power of two, so that the rows do not collide. */
  int LIMIT = 3_840;

  /** Returns a median for the rows' weights. The rows of each call have to match these weights. */
  static TileMedian of(CountedRows counted) {
    return counted.equallyWeighted()
        ? new EqualMedian(counted.weights().length)
        : new UnequalMedian(counted.weights());
  }

  /** Writes the medians of {@code rows[*][from .. from + length)} to {@code out[outFrom ..]}. */
  void median(float[][] rows, int from, int length, float[] out, int outFrom);

  /**
   * Returns the midpoint of {@code low} and {@code high}, computed in float64.
   *
   * <p>While the sum is at most 3.4e38, the result has the bits of NumPy's float32 mean of two
   * values. Beyond, where NumPy's sum overflows to infinity, the result is still the midpoint.
   */
  static float midpoint(float low, float high) {
    return (float) (0.5 * ((double) low + high));
  }
}

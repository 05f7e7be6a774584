package io.swarmstream.merge;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How far sites moved in a round, apart and together.
 *
 * @param apart weighted median of the deltas' distances to the merged delta, which equal the
 *     distances of the sites' weights to the resulting model. Sites that hold less than half of the
 *     weight cannot move a median beyond the distances of the others.
 * @param together length of the merged delta
 */
public record Drift(double apart, double together) {
  private static final int LANES = 256;

  /**
   * Computes the squares of one chunk from which a drift is computed. The squares of all chunks add
   * up to those of the whole deltas.
   *
   * @param deltas n rows, each as long as {@code merged}
   * @return the squared distances of the n deltas to the merged delta, then the squared length of
   *     the merged delta
   */
  public static double[] squares(float[][] deltas, float[] merged) {
    CountedRows.checkShape(deltas, merged.length);
    double[] squares = new double[deltas.length + 1];
    for (int k = 0; k < deltas.length; k++) {
      squares[k] = square(deltas[k], merged);
    }
    squares[deltas.length] = square(merged, new float[merged.length]);
    return squares;
  }

  /**
   * Sums in lanes and folds the lanes in index order. The loop compiles to vector instructions, and
   * the source fixes the order of every addition.
   */
  private static double square(float[] one, float[] other) {
    double[] lanes = new double[LANES];
    for (int from = 0; from < one.length; from += LANES) {
      add(one, other, from, Math.min(LANES, one.length - from), lanes);
    }
    double sum = 0;
    for (double lane : lanes) {
      sum += lane;
    }
    return sum;
  }

  private static void add(float[] one, float[] other, int from, int length, double[] lanes) {
    for (int l = 0; l < length; l++) {
      double apart = (double) one[from + l] - other[from + l];
      lanes[l] += apart * apart;
    }
  }

  /**
   * Computes the drift of whole deltas.
   *
   * @param chunks the result of {@link #squares} for each chunk, in chunk order
   * @param weights one weight for each delta; deltas of weight 0 are ignored
   * @return empty when fewer than two deltas have a positive weight
   */
  public static Optional<Drift> of(Iterable<double[]> chunks, int[] weights) {
    double[] sums = new double[weights.length + 1];
    chunks.forEach(chunk -> Gram.add(sums, chunk));
    int[] counted =
        IntStream.range(0, weights.length)
            .filter(k -> weights[k] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(k -> sums[k]))
            .mapToInt(k -> k)
            .toArray();
    if (counted.length < 2) {
      return Optional.empty();
    }
    double apart = sums[median(counted, weights)];
    return Optional.of(new Drift(Math.sqrt(apart), Math.sqrt(sums[weights.length])));
  }

  /**
   * Returns the first of the sorted rows at which the cumulative weight reaches half of the total.
   */
  private static int median(int[] sorted, int[] weights) {
    long total = Arrays.stream(sorted).mapToLong(k -> weights[k]).sum();
    long below = 0;
    int at = -1;
    while (2 * below < total) {
      below += weights[sorted[++at]];
    }
    return sorted[at];
  }
}

package io.swarmstream.merge;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How far sites moved in a round, apart and together.
 *
 * @param apart weighted median of the deltas' distances to the merged one, which are the distances
 *     of the sites' weights to the model that comes of them; a median, so that whoever holds less
 *     than half of the weight cannot move it beyond the others' distances
 * @param together length of the merged delta
 */
public record Drift(double apart, double together) {
  private static final int LANES = 256;

  /**
   * The squares that it is made of, of one chunk; those of all chunks add up to those of the whole.
   *
   * @param deltas n rows, each as long as {@code merged}
   * @return the n deltas' squared distances to the merged one, and its own squared length
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
   * In lanes that are folded in index order, which makes vector instructions of it and leaves no
   * order of additions to the compiler.
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
   * The drift of whole deltas.
   *
   * @param chunks what {@link #squares} gave for each chunk, in the order of the chunks
   * @param weights one for each delta; those of weight 0 are not looked at
   * @return empty when fewer than two deltas have weight
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

  /** The first of the sorted that half of the weight does not exceed. */
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

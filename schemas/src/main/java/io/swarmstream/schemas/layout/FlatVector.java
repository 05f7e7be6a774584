package io.swarmstream.schemas.layout;

/**
 * The flat vector of a model's parameters, or of a delta, given piece by piece, so that a large one
 * need not be in memory. Gives the same values however often it is read.
 */
@FunctionalInterface
public interface FlatVector {
  /**
   * Reads values.
   *
   * @param from index of the first one
   * @param into receives them, from index 0 on
   * @param count how many
   * @throws java.io.UncheckedIOException when they cannot be read
   */
  void read(long from, float[] into, int count);

  /** Over an array, which is not copied. */
  static FlatVector of(float[] values) {
    return (from, into, count) -> System.arraycopy(values, Math.toIntExact(from), into, 0, count);
  }
}

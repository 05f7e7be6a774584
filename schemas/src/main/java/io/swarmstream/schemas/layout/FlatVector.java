package io.swarmstream.schemas.layout;

/**
 * The flat vector of a model's parameters, or of a delta, read piece by piece, so that a large
 * vector need not fit in memory. Every read of an index returns the same value.
 */
@FunctionalInterface
public interface FlatVector {
  /**
   * Reads values.
   *
   * @param from index of the first value
   * @param into receives the values, starting at index 0
   * @param count number of values
   * @throws java.io.UncheckedIOException if the values cannot be read
   */
  void read(long from, float[] into, int count);

  /** Wraps an array without copying it. */
  static FlatVector of(float[] values) {
    return (from, into, count) -> System.arraycopy(values, Math.toIntExact(from), into, 0, count);
  }

  /**
   * Returns this vector minus another, value by value, read when it is read. For one thread.
   *
   * @param longest most values that are read at once
   */
  default FlatVector minus(FlatVector other, int longest) {
    float[] scratch = new float[longest];
    return (from, into, count) -> {
      read(from, into, count);
      other.read(from, scratch, count);
      for (int i = 0; i < count; i++) {
        into[i] -= scratch[i];
      }
    };
  }
}

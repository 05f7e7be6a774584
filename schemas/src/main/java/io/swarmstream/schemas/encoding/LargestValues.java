package io.swarmstream.schemas.encoding;

/**
 * Finds the values of largest magnitude, and of equal ones those that come first. Values that
 * bfloat16 rounds to zero count as zero. The choice depends on bits alone.
 */
final class LargestValues {
  /** The largest magnitude, as bits of a float32, that bfloat16 rounds to zero. */
  private static final int ROUNDED_TO_ZERO = 0x8000;

  private static final int HALF = Short.SIZE;
  private static final int LOWER = 0xffff;

  private LargestValues() {}

  /**
   * Returns the indices in ascending order.
   *
   * @param count how many, at most as many as there are values
   */
  static int[] indices(float[] values, int count) {
    int least = magnitudeAt(values, count);
    int equal = count;
    for (float value : values) {
      if (magnitude(value) > least) {
        equal--;
      }
    }
    int[] indices = new int[count];
    int found = 0;
    for (int i = 0; found < count; i++) {
      int magnitude = magnitude(values[i]);
      if (magnitude > least || (magnitude == least && equal-- > 0)) {
        indices[found++] = i;
      }
    }
    return indices;
  }

  /** The magnitudes of numbers are in the order of their bits. */
  private static int magnitude(float value) {
    int bits = Float.floatToRawIntBits(value) & Integer.MAX_VALUE;
    return bits <= ROUNDED_TO_ZERO ? 0 : bits;
  }

  /**
   * Returns the magnitude at a place, counted from 1, in descending order: its upper bits first.
   */
  private static int magnitudeAt(float[] values, int place) {
    int[] counts = new int[1 << (HALF - 1)]; // magnitudes have no sign
    for (float value : values) {
      counts[magnitude(value) >>> HALF]++;
    }
    int left = place;
    int upper = counts.length - 1;
    for (; left > counts[upper]; upper--) {
      left -= counts[upper];
    }
    counts = new int[1 << HALF];
    for (float value : values) {
      int magnitude = magnitude(value);
      if (magnitude >>> HALF == upper) {
        counts[magnitude & LOWER]++;
      }
    }
    int lower = counts.length - 1;
    for (; left > counts[lower]; lower--) {
      left -= counts[lower];
    }
    return (upper << HALF) | lower;
  }
}

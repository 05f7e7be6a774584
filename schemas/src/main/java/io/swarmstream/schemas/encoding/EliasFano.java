package io.swarmstream.schemas.encoding;

/**
 * A set of indices in a few bits each, after Elias and Fano: the lowest bits of each index as they
 * are, then the others, in ascending order, as the distance to the one before in unary, each ended
 * by a one. Bits fill bytes from the lowest on.
 *
 * <p>How many indices of how many there are determines the number of lowest bits, the rounded
 * logarithm of the mean distance, and the length. A set has one form. With one index of 100 it
 * takes 8.6 bits an index, half a bit more than any code of random indices has to take; a Rice code
 * of the gaps would be as short, but its length would depend on the gaps.
 */
final class EliasFano {
  private final byte[] bytes;

  /** Where the set begins, as a bit of the bytes. */
  private final long begin;

  private final int count;
  private final int lowBits;
  private final long bits;

  /**
   * The place of a set in a payload.
   *
   * @param at the byte where it begins
   * @param size indices are below it
   * @param count number of indices, at least 1
   */
  EliasFano(byte[] bytes, int at, int size, int count) {
    this.bytes = bytes;
    this.begin = (long) at * Byte.SIZE;
    this.count = count;
    this.lowBits = lowBits(size, count);
    this.bits = bits(size, count);
  }

  private static int lowBits(int size, int count) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(size / count);
  }

  private static long bits(int size, int count) {
    int lowBits = lowBits(size, count);
    return (long) count * (lowBits + 1) + ((size - 1) >> lowBits);
  }

  /** Returns the length in bytes of a set of this many indices. */
  static long bytes(int size, int count) {
    return (bits(size, count) + Byte.SIZE - 1) / Byte.SIZE;
  }

  /** Writes indices, which ascend, into bytes that are zero. */
  void write(int[] indices) {
    long high = begin + (long) count * lowBits;
    for (int j = 0; j < count; j++) {
      for (int bit = 0; bit < lowBits; bit++) {
        if (((indices[j] >> bit) & 1) == 1) {
          set(begin + (long) j * lowBits + bit);
        }
      }
      set(high + (indices[j] >> lowBits) + j);
    }
  }

  private void set(long bit) {
    bytes[(int) (bit / Byte.SIZE)] |= (byte) (1 << (bit % Byte.SIZE));
  }

  private int get(long bit) {
    return (bytes[(int) (bit / Byte.SIZE)] >> (bit % Byte.SIZE)) & 1;
  }

  /** Reads the indices one after the other, without believing that they are a set. */
  Reader reader() {
    return new Reader();
  }

  /** Reads indices; keeps its place and nothing else. */
  final class Reader {
    private int read;
    private long at = begin + (long) count * lowBits;
    private final long end = begin + bits;

    /**
     * Returns the next index, which might be any below the size and its next power of two; -1:
     * there is none.
     */
    int next() {
      while (at < end && get(at) == 0) {
        at++;
      }
      if (at >= end || read == count) {
        return -1;
      }
      long low = begin + (long) read * lowBits;
      int index = (int) (at - begin - (long) count * lowBits - read);
      for (int bit = lowBits - 1; bit >= 0; bit--) {
        index = (index << 1) | get(low + bit);
      }
      at++;
      read++;
      return index;
    }

    /** Whether the rest, up to the end of the last byte, is zero. */
    boolean isZeroFromHere() {
      long last = (end + Byte.SIZE - 1) / Byte.SIZE * Byte.SIZE;
      for (long bit = at; bit < last; bit++) {
        if (get(bit) == 1) {
          return false;
        }
      }
      return true;
    }
  }
}

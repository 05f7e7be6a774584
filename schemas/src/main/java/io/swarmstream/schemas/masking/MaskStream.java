package io.swarmstream.schemas.masking;

import io.swarmstream.schemas.signing.KeyStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/** Random 32-bit integers from a key, with a stretch of its {@link KeyStream} for each chunk. */
final class MaskStream {
  private static final int SLICE = 1 << 14;

  private MaskStream() {}

  /**
   * Adds the key's integers to values, modulo 2^32.
   *
   * @param sign 1, or -1 to subtract them
   */
  static void add(byte[] key, int chunk, int sign, int[] values) {
    KeyStream stream = new KeyStream(key, chunk);
    byte[] random = new byte[SLICE * Integer.BYTES];
    IntBuffer view = ByteBuffer.wrap(random).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    int[] integers = new int[SLICE]; // the compiler vectorises loops over arrays, not over buffers
    for (int from = 0; from < values.length; from += SLICE) {
      int count = Math.min(SLICE, values.length - from);
      stream.next(random, count * Integer.BYTES);
      view.get(0, integers, 0, count);
      if (sign > 0) {
        add(integers, values, from, count);
      } else {
        subtract(integers, values, from, count);
      }
    }
  }

  private static void add(int[] integers, int[] values, int from, int count) {
    for (int i = 0; i < count; i++) {
      values[from + i] += integers[i];
    }
  }

  private static void subtract(int[] integers, int[] values, int from, int count) {
    for (int i = 0; i < count; i++) {
      values[from + i] -= integers[i];
    }
  }
}

package io.swarmstream.schemas;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A payload as numbers of 16 bits, little endian. */
final class HalfWords {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private HalfWords() {}

  static short get(byte[] payload, int index) {
    return (short) WORDS.get(payload, index * Short.BYTES);
  }

  static void set(byte[] payload, int index, short word) {
    WORDS.set(payload, index * Short.BYTES, word);
  }

  /** Index of the first word all of whose exponent bits are set: NaN or infinite; -1: none. */
  static int firstNonFinite(byte[] payload, int exponent) {
    for (int i = 0; i < payload.length / Short.BYTES; i++) {
      if ((get(payload, i) & exponent) == exponent) {
        return i;
      }
    }
    return -1;
  }
}

package io.swarmstream.schemas.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A payload as floating-point numbers of 16 bits, little endian; what the bits mean is for those
 * who extend it. Their loops over values are their own, so that each is compiled for itself.
 */
abstract class HalfWords implements Codec {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  static short get(byte[] payload, int index) {
    return (short) WORDS.get(payload, index * Short.BYTES);
  }

  static void set(byte[] payload, int index, short word) {
    WORDS.set(payload, index * Short.BYTES, word);
  }

  /** The bits that are all set in what is infinite or NaN, and in nothing else. */
  abstract int exponent();

  /** The value that a word stands for. */
  abstract float value(short word);

  @Override
  public final int bytes(int values) {
    return Math.multiplyExact(values, Short.BYTES);
  }

  @Override
  public final int values(int bytes) {
    return bytes % Short.BYTES == 0 ? bytes / Short.BYTES : -1;
  }

  @Override
  public final Optional<PayloadFlaw> flaw(byte[] payload) {
    int exponent = exponent();
    for (int i = 0; i < payload.length / Short.BYTES; i++) {
      if ((get(payload, i) & exponent) == exponent) {
        return Optional.of(PayloadFlaw.notFinite(i, value(get(payload, i))));
      }
    }
    return Optional.empty();
  }
}

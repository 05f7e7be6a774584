package io.swarmstream.schemas.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Encodes a payload as floating-point numbers of 16 bits, little endian; subclasses define what the
 * bits mean. Each subclass has its own loops over the values, so that each loop is compiled
 * separately.
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

  /** Returns the bits that are all set if, and only if, a word is infinite or NaN. */
  abstract int exponent();

  /** Returns the value that a word represents. */
  abstract float value(short word);

  @Override
  public final int bytes(int values) {
    return Math.multiplyExact(values, Short.BYTES);
  }

  @Override
  public final int values(byte[] payload) {
    return payload.length % Short.BYTES == 0 ? payload.length / Short.BYTES : -1;
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

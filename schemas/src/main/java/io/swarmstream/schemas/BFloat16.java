package io.swarmstream.schemas;

import java.util.Optional;

/** The sign, the exponent and the first seven bits of the significand of a float32. */
final class BFloat16 implements Codec {
  private static final int EXPONENT = 0x7f80;
  private static final int QUIET = 0x40;

  @Override
  public float largest() {
    return toFloat((short) (EXPONENT - 1));
  }

  @Override
  public int bytes(int values) {
    return Math.multiplyExact(values, Short.BYTES);
  }

  @Override
  public int values(int bytes) {
    return bytes % Short.BYTES == 0 ? bytes / Short.BYTES : -1;
  }

  @Override
  public void encode(float[] values, byte[] payload) {
    for (int i = 0; i < values.length; i++) {
      HalfWords.set(payload, i, ofFloat(values[i]));
    }
  }

  @Override
  public void decode(byte[] payload, float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = toFloat(HalfWords.get(payload, i));
    }
  }

  @Override
  public Optional<PayloadFlaw> flaw(byte[] payload) {
    int at = HalfWords.firstNonFinite(payload, EXPONENT);
    return at < 0
        ? Optional.empty()
        : Optional.of(PayloadFlaw.notFinite(at, toFloat(HalfWords.get(payload, at))));
  }

  /** The nearest, the even one in the middle. */
  static short ofFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      // Rounding might carry a NaN into another number.
      return (short) ((bits >>> 16) | QUIET);
    }
    int even = (bits >>> 16) & 1;
    return (short) ((bits + 0x7fff + even) >>> 16);
  }

  /** Exact. */
  static float toFloat(short upper) {
    return Float.intBitsToFloat(upper << 16);
  }
}

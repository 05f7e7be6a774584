package io.swarmstream.schemas.encoding;

/**
 * The encoding {@code bfloat16}: the sign, the exponent and the first seven bits of the significand
 * of a float32.
 */
public final class BFloat16 extends HalfWords {
  private static final int EXPONENT = 0x7f80;
  private static final int QUIET = 0x40;

  @Override
  public float largest() {
    return toFloat((short) (EXPONENT - 1));
  }

  @Override
  public void encode(float[] values, byte[] payload) {
    for (int i = 0; i < values.length; i++) {
      set(payload, i, ofFloat(values[i]));
    }
  }

  @Override
  public void decode(byte[] payload, float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = toFloat(get(payload, i));
    }
  }

  @Override
  int exponent() {
    return EXPONENT;
  }

  @Override
  float value(short word) {
    return toFloat(word);
  }

  /** Rounds to the nearest bfloat16, ties to even. */
  static short ofFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      // Rounding could carry a NaN over into another number.
      return (short) ((bits >>> 16) | QUIET);
    }
    int even = (bits >>> 16) & 1;
    return (short) ((bits + 0x7fff + even) >>> 16);
  }

  /** Converts exactly. */
  static float toFloat(short upper) {
    return Float.intBitsToFloat(upper << 16);
  }
}

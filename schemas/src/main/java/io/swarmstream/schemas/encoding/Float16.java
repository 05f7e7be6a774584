package io.swarmstream.schemas.encoding;

/** IEEE 754 half precision. The JDK provides this conversion from version 20 on. */
public final class Float16 extends HalfWords {
  private static final float LARGEST = 65_504;

  private static final int SIGN = 0x8000;
  private static final int EXPONENT = 0x7c00;
  private static final int QUIET_NAN = 0x7e00;

  /** Number of bits by which a float32's significand is longer. */
  private static final int SHORTER = 13;

  private static final int HALF_STEP = 1 << (SHORTER - 1);

  /**
   * The difference of the exponents' biases, 127 - 15, shifted to the exponent bits of a float32.
   */
  private static final int REBIAS = 112 << 23;

  /** The bits of 2^-14, the smallest normal half, as a float32. */
  private static final int LEAST_NORMAL = 0x3880_0000;

  /** The bits of 2^16 as a float32; from there on every value becomes infinite. */
  private static final int BEYOND = 0x4780_0000;

  private static final int INFINITE = 0x7f80_0000;

  @Override
  public float largest() {
    return LARGEST;
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

  /** Rounds to the nearest half, ties to even; infinite from 65,520 on. */
  static short ofFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & SIGN;
    int magnitude = bits & Integer.MAX_VALUE;
    int half;
    if (magnitude < LEAST_NORMAL) {
      // The last bit of numbers from 0.5 to 1 is worth 2^-24, just as that of subnormal halves is:
      // the addition rounds.
      half =
          Float.floatToRawIntBits(Float.intBitsToFloat(magnitude) + 0.5f)
              - Float.floatToRawIntBits(0.5f);
    } else if (magnitude < BEYOND) {
      int even = (magnitude >>> SHORTER) & 1;
      // A carry out of the significand correctly increments the exponent.
      half = (magnitude - REBIAS + HALF_STEP - 1 + even) >>> SHORTER;
    } else {
      half = magnitude > INFINITE ? QUIET_NAN : EXPONENT;
    }
    return (short) (sign | half);
  }

  /** Converts exactly. */
  static float toFloat(short half) {
    int sign = (half & SIGN) << 16;
    int magnitude = half & Short.MAX_VALUE;
    int bits;
    if (magnitude < 1 << 10) {
      // Subnormal: set as the significand of 2^-14 it is that much too large.
      bits =
          Float.floatToRawIntBits(
              Float.intBitsToFloat(LEAST_NORMAL | (magnitude << SHORTER))
                  - Float.intBitsToFloat(LEAST_NORMAL));
    } else if (magnitude < EXPONENT) {
      bits = (magnitude << SHORTER) + REBIAS;
    } else {
      bits = (magnitude << SHORTER) | INFINITE;
    }
    return Float.intBitsToFloat(sign | bits);
  }
}

package io.swarmstream.schemas.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The scale of a block of {@code int4}: a bfloat16, little endian; a value is a whole number of at
 * most {@value #STEPS} times it.
 *
 * <p>A bfloat16 has 8 significant bits, so every product is exact, and the block's largest value
 * divided by {@value #STEPS} is the scale again. That makes the bytes of a block a function of its
 * values: what was decoded is encoded to the same bytes. The scale is off by less than 2^-8 of
 * itself, so the largest value still is {@value #STEPS} steps, rounded.
 */
final class BlockScale {
  static final int BYTES = Short.BYTES;

  /** Steps of the block's largest value. */
  static final int STEPS = 7;

  /** The smallest scale but zero: below it, fewer than 8 bits would be significant. */
  static final float LEAST = Float.MIN_NORMAL;

  /** The largest scale at which every number of steps represents a finite value. */
  static final float LARGEST = BFloat16.toFloat((short) 0x7f7f) / 8;

  /**
   * 1.5 * 2^23: the last bit of a number near it is worth 1, so adding it rounds to a whole number
   * and leaves that number in the lowest bits.
   */
  private static final float ROUNDER = 0x1.8p23f;

  private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private BlockScale() {}

  /** Returns the scale of values; zero if they are all zero, or too small for a scale. */
  static float of(float[] values, int from, int to) {
    float largest = 0;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    float exact = largest / STEPS;
    return exact < LEAST ? 0 : BFloat16.toFloat(BFloat16.ofFloat(exact));
  }

  /** Returns a value in steps of a scale above zero, to the nearest, ties to even. */
  static int steps(float value, float scale) {
    return Float.floatToRawIntBits(value / scale + ROUNDER) - ROUNDER_BITS;
  }

  static void write(float scale, byte[] payload, int at) {
    WORDS.set(payload, at, BFloat16.ofFloat(scale));
  }

  static float read(byte[] payload, int at) {
    return BFloat16.toFloat((short) WORDS.get(payload, at));
  }

  /** Whether a scale is one that {@link #of} returns. */
  static boolean isLegal(float scale) {
    // Negative zero has other bits than zero.
    return (scale >= LEAST && scale <= LARGEST) || Float.floatToRawIntBits(scale) == 0;
  }
}

package io.swarmstream.schemas.encoding;

import io.swarmstream.schemas.rounds.RejectionReason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The encoding {@code int8}: blocks of {@value #BLOCK_VALUES} values; the last block holds the
 * rest. A block is a scale (float32, little endian), then one byte per value; the value is the byte
 * times the scale. The value of largest magnitude in a block is 127 or -127 times the scale; a
 * block of zeros has scale zero. -128 is never written.
 *
 * <p>A large value makes the other values of its block coarse, so blocks are short. At this length,
 * the scales add 1.6 % to the payload.
 */
public final class Int8 implements Codec {
  static final int BLOCK_VALUES = 256;

  private static final int BLOCK_BYTES = Float.BYTES + BLOCK_VALUES;
  private static final int STEPS = Byte.MAX_VALUE;

  /** The largest scale at which every byte represents a finite value. It is exact. */
  static final float LARGEST_SCALE = Float.MAX_VALUE / 128;

  private static final int LARGEST_SCALE_BITS = Float.floatToRawIntBits(LARGEST_SCALE);

  /**
   * 1.5 * 2^23: the last bit of a number near it is worth 1, so adding it rounds to a whole number
   * and leaves that number in the lowest bits.
   */
  private static final float ROUNDER = 0x1.8p23f;

  private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);

  private static final VarHandle SCALE =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SCALE_BITS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  @Override
  public float largest() {
    return LARGEST_SCALE * STEPS;
  }

  @Override
  public int bytes(int values) {
    return Math.addExact(values, Float.BYTES * -Math.floorDiv(-values, BLOCK_VALUES));
  }

  @Override
  public int values(byte[] payload) {
    int bytes = payload.length;
    int rest = bytes % BLOCK_BYTES;
    if (rest > 0 && rest <= Float.BYTES) {
      return -1;
    }
    return bytes / BLOCK_BYTES * BLOCK_VALUES + Math.max(0, rest - Float.BYTES);
  }

  @Override
  public void encode(float[] values, byte[] payload) {
    int at = 0;
    for (int from = 0; from < values.length; from += BLOCK_VALUES) {
      int to = Math.min(values.length, from + BLOCK_VALUES);
      float scale = largest(values, from, to) / STEPS;
      SCALE.set(payload, at, scale);
      at += Float.BYTES;
      if (scale > 0) {
        quantize(values, from, to, scale, payload, at);
      }
      at += to - from;
    }
  }

  private static float largest(float[] values, int from, int to) {
    float largest = 0;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    return largest;
  }

  private static void quantize(
      float[] values, int from, int to, float scale, byte[] payload, int at) {
    for (int i = from; i < to; i++) {
      int steps = Float.floatToRawIntBits(values[i] / scale + ROUNDER) - ROUNDER_BITS;
      // A scale near zero has few bits and may be far below a 127th of the largest value.
      payload[at + i - from] = (byte) Math.max(-STEPS, Math.min(STEPS, steps));
    }
  }

  @Override
  public void decode(byte[] payload, float[] values) {
    int at = 0;
    for (int from = 0; from < values.length; from += BLOCK_VALUES) {
      int to = Math.min(values.length, from + BLOCK_VALUES);
      float scale = (float) SCALE.get(payload, at);
      at += Float.BYTES;
      for (int i = from; i < to; i++) {
        values[i] = payload[at + i - from] * scale;
      }
      at += to - from;
    }
  }

  @Override
  public Optional<PayloadFlaw> flaw(byte[] payload) {
    for (int at = 0; at < payload.length; at += BLOCK_BYTES) {
      // As unsigned integers, the bits of negative values and NaN exceed all others, too.
      int bits = (int) SCALE_BITS.get(payload, at);
      if (Integer.compareUnsigned(bits, LARGEST_SCALE_BITS) > 0) {
        return Optional.of(
            new PayloadFlaw(
                RejectionReason.BAD_SCALE,
                at / BLOCK_BYTES * BLOCK_VALUES,
                "is in a block whose scale is "
                    + Float.intBitsToFloat(bits)
                    + ", a scale is 0 to "
                    + LARGEST_SCALE
                    + "; divide the block's largest value by 127"));
      }
    }
    return Optional.empty();
  }
}

package io.swarmstream.schemas.encoding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The encoding {@code float32}: IEEE 754 single precision, little endian. */
public final class FloatCodec {
  public static final String FLOAT32 = "float32";

  private FloatCodec() {}

  /** Encodes {@code length} values, starting at {@code offset}. */
  public static byte[] encode(float[] values, int offset, int length) {
    byte[] bytes = new byte[Math.multiplyExact(length, Float.BYTES)];
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .put(values, offset, length);
    return bytes;
  }

  public static byte[] encode(float[] values) {
    return encode(values, 0, values.length);
  }

  /**
   * Decodes all bytes into {@code values}, starting at {@code offset}.
   *
   * @throws IllegalArgumentException if the bytes are not a whole number of values
   */
  public static void decode(byte[] bytes, float[] values, int offset) {
    decode(ByteBuffer.wrap(bytes), values, offset);
  }

  /**
   * Like {@link #decode(byte[], float[], int)}, but reads the remaining bytes of a buffer and
   * leaves its position unchanged.
   */
  public static void decode(ByteBuffer bytes, float[] values, int offset) {
    bytes
        .duplicate()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values, offset, count(bytes.remaining()));
  }

  public static float[] decode(byte[] bytes) {
    float[] values = new float[count(bytes.length)];
    decode(bytes, values, 0);
    return values;
  }

  /** Returns the index of the first value that is NaN or infinite; -1 if all values are finite. */
  public static int firstNonFinite(byte[] bytes) {
    int count = count(bytes.length);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      // All exponent bits set: NaN or infinity.
      if ((buffer.getInt(i * Float.BYTES) & 0x7f800000) == 0x7f800000) {
        return i;
      }
    }
    return -1;
  }

  private static int count(int bytes) {
    if (bytes % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          bytes + " bytes are not a whole number of float32 values, of 4 bytes each");
    }
    return bytes / Float.BYTES;
  }
}

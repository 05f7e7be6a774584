package io.swarmstream.schemas.safetensors;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Types of values that can be read as float32. */
public enum Dtype {
  F64(8) {
    @Override
    float read(ByteBuffer from) {
      return (float) from.getDouble();
    }
  },
  F32(4) {
    @Override
    float read(ByteBuffer from) {
      return from.getFloat();
    }
  },
  F16(2) {
    @Override
    float read(ByteBuffer from) {
      return ofHalf(from.getShort());
    }
  },
  /** The upper half of a float32. */
  BF16(2) {
    @Override
    float read(ByteBuffer from) {
      return Float.intBitsToFloat(from.getShort() << 16);
    }
  };

  private static final int HALF_INFINITE = 0x1f;

  private final int bytes;

  Dtype(int bytes) {
    this.bytes = bytes;
  }

  /** Number of bytes of a value. */
  public int bytes() {
    return bytes;
  }

  abstract float read(ByteBuffer from);

  static Dtype named(String name, String tensor) {
    return Arrays.stream(values())
        .filter(dtype -> dtype.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SafetensorsException(
                    "tensor "
                        + tensor
                        + " has dtype "
                        + name
                        + "; F64, F32, F16 and BF16 are supported: convert the tensor, or do not share"
                        + " it"));
  }

  /** Converts an IEEE 754 binary16; its subnormal numbers are normal numbers of float32. */
  static float ofHalf(short half) {
    int sign = half < 0 ? -1 : 1;
    int exponent = (half >> 10) & HALF_INFINITE;
    int fraction = half & 0x3ff;
    if (exponent == HALF_INFINITE) {
      return fraction == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
    }
    float magnitude =
        exponent == 0
            ? Math.scalb((float) fraction, -24)
            : Math.scalb((float) (fraction | 0x400), exponent - 25);
    return sign * magnitude;
  }
}

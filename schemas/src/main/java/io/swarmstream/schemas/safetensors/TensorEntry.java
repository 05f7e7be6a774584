package io.swarmstream.schemas.safetensors;

import io.swarmstream.schemas.layout.TensorShape;

/**
 * A tensor in the header of a safetensors file.
 *
 * @param begin its first byte, counted from the end of the header
 * @param end the byte after its last
 */
public record TensorEntry(TensorShape shape, Dtype dtype, long begin, long end) {
  public TensorEntry {
    long bytes = bytesOf(shape, dtype);
    if (begin < 0 || end - begin != bytes) {
      throw new SafetensorsException(
          "tensor "
              + shape.name()
              + " has data_offsets ["
              + begin
              + ", "
              + end
              + "]; its shape and dtype take "
              + bytes
              + " bytes");
    }
  }

  public String name() {
    return shape.name();
  }

  private static long bytesOf(TensorShape shape, Dtype dtype) {
    try {
      return Math.multiplyExact(shape.size(), (long) dtype.bytes());
    } catch (ArithmeticException e) {
      throw new SafetensorsException(
          "tensor " + shape.name() + " has more than 2^63-1 bytes; check its shape", e);
    }
  }
}

package io.swarmstream.site.node.pipes;

import io.swarmstream.schemas.encoding.Float16;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.site.node.pickle.NumpyType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes values of a model, little endian, in one of numpy's float types. */
final class FloatValues {
  private static final int PIECE = 65_536;

  private FloatValues() {}

  static void write(FlatVector model, long offset, long size, NumpyType type, OutputStream out)
      throws IOException {
    float[] piece = new float[(int) Math.min(PIECE, size)];
    for (long at = 0; at < size; at += piece.length) {
      int count = (int) Math.min(piece.length, size - at);
      model.read(offset + at, piece, count);
      out.write(bytes(piece, count, type));
    }
  }

  private static byte[] bytes(float[] values, int count, NumpyType type) {
    ByteBuffer bytes = ByteBuffer.allocate(count * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    switch (type) {
      case FLOAT32 -> bytes.asFloatBuffer().put(values, 0, count);
      case FLOAT64 -> {
        for (int i = 0; i < count; i++) {
          bytes.putDouble(values[i]);
        }
      }
      case FLOAT16 -> new Float16().encode(Arrays.copyOf(values, count), bytes.array());
      default -> throw new IllegalArgumentException(type.longName() + " is no type of floats");
    }
    return bytes.array();
  }
}

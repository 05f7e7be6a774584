package io.swarmstream.schemas.safetensors;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads the values of a safetensors stream as float32, tensor by tensor. */
public final class TensorValues {
  /** Values read at a time. */
  private static final int PIECE = 32_768;

  private final InputStream in;
  private final byte[] bytes = new byte[PIECE * Double.BYTES];
  private final float[] values = new float[PIECE];

  /** Reads a stream whose header has been read. */
  public TensorValues(InputStream in) {
    this.in = in;
  }

  /** Takes values of a tensor, in their order. */
  @FunctionalInterface
  public interface Piece {
    /**
     * Takes some values.
     *
     * @param from index of the first one in its tensor
     * @param values only valid during the call
     * @param count how many
     */
    void accept(long from, float[] values, int count) throws IOException;
  }

  /**
   * Reads the next tensor.
   *
   * @throws SafetensorsException when the stream ends before it does
   */
  public void read(TensorEntry tensor, Piece piece) throws IOException {
    long size = tensor.shape().size();
    int width = tensor.dtype().bytes();
    for (long at = 0; at < size; ) {
      int count = (int) Math.min(PIECE, size - at);
      if (in.readNBytes(bytes, 0, count * width) < count * width) {
        throw new SafetensorsException(
            "the body ends within tensor " + tensor.name() + "; send the whole file",
            new EOFException());
      }
      decode(tensor.dtype(), count);
      piece.accept(at, values, count);
      at += count;
    }
  }

  /** Requires that nothing follows the last tensor. */
  public void requireEnd() throws IOException {
    if (in.read() >= 0) {
      throw new SafetensorsException("there are bytes after the last tensor; send one file");
    }
  }

  private void decode(Dtype dtype, int count) {
    ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (dtype == Dtype.F32) {
      from.asFloatBuffer().get(values, 0, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      values[i] = dtype.read(from);
    }
  }
}

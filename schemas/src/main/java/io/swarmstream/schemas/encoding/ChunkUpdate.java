package io.swarmstream.schemas.encoding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * A model's chunk as what changed since the chunk before: how many values it has, how many of them
 * changed (two int32), which ({@link EliasFano}), and their new float32 bits. All little endian.
 */
public final class ChunkUpdate {
  /** Encoding that a model chunk names whose payload is one. */
  public static final String CODE = "update";

  private static final int HEAD_BYTES = 2 * Integer.BYTES;

  private ChunkUpdate() {}

  /**
   * Returns the update of a chunk; empty if it would take more than half of the chunk's bytes.
   *
   * @param before float32, little endian
   * @param after as many values
   */
  public static Optional<byte[]> of(byte[] before, byte[] after) {
    if (before.length != after.length) {
      throw new IllegalArgumentException(
          "a chunk of " + after.length + " bytes does not follow one of " + before.length);
    }
    ByteBuffer old = ByteBuffer.wrap(before).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer bits = ByteBuffer.wrap(after).order(ByteOrder.LITTLE_ENDIAN);
    int count = after.length / Float.BYTES;
    int[] changed = new int[count];
    int changes = 0;
    for (int i = 0; i < count; i++) {
      if (old.getInt(i * Float.BYTES) != bits.getInt(i * Float.BYTES)) {
        changed[changes++] = i;
      }
    }
    long length = length(count, changes);
    if (length > after.length / 2) {
      return Optional.empty();
    }
    byte[] payload = new byte[(int) length];
    ByteBuffer out = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(count).putInt(changes);
    if (changes > 0) {
      int[] indices = Arrays.copyOf(changed, changes);
      new EliasFano(payload, HEAD_BYTES, count, changes).write(indices);
      out.position(payload.length - changes * Float.BYTES);
      for (int index : indices) {
        out.putInt(bits.getInt(index * Float.BYTES));
      }
    }
    return Optional.of(payload);
  }

  /**
   * Applies an update.
   *
   * @param before float32, little endian; becomes the chunk after
   * @throws IllegalArgumentException if the payload is no update of a chunk of this many values
   */
  public static void apply(byte[] payload, byte[] before) {
    int count = before.length / Float.BYTES;
    ByteBuffer in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    if (payload.length < HEAD_BYTES || in.getInt() != count) {
      throw new IllegalArgumentException("is not one of " + count + " values");
    }
    int changes = in.getInt();
    if (changes < 0 || changes > count || payload.length != length(count, changes)) {
      throw new IllegalArgumentException(
          "has %d bytes for %d of %d values".formatted(payload.length, changes, count));
    }
    if (changes == 0) {
      return;
    }
    EliasFano.Reader indices = new EliasFano(payload, HEAD_BYTES, count, changes).reader();
    in.position(payload.length - changes * Float.BYTES);
    ByteBuffer bits = ByteBuffer.wrap(before).order(ByteOrder.LITTLE_ENDIAN);
    int last = -1;
    for (int j = 0; j < changes; j++) {
      int index = indices.next();
      if (index <= last || index >= count) {
        throw new IllegalArgumentException("has an index that is not above the one before");
      }
      bits.putInt(index * Float.BYTES, in.getInt());
      last = index;
    }
  }

  private static long length(int count, int changes) {
    long indices = changes == 0 ? 0 : EliasFano.bytes(count, changes);
    return HEAD_BYTES + indices + (long) changes * Float.BYTES;
  }
}

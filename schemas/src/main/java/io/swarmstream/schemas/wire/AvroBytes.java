package io.swarmstream.schemas.wire;

import java.nio.ByteBuffer;

/** Extracts bytes from Avro's buffers. */
public final class AvroBytes {
  private AvroBytes() {}

  /**
   * Returns the buffer's bytes. Returns the buffer's own array if it fits, so callers must not
   * modify it.
   */
  public static byte[] of(ByteBuffer buffer) {
    if (buffer.hasArray()
        && buffer.arrayOffset() == 0
        && buffer.array().length == buffer.remaining()) {
      return buffer.array();
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}

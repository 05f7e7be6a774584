package io.swarmstream.schemas.wire;

import java.nio.ByteBuffer;

/** Bytes out of Avro's buffers. */
public final class AvroBytes {
  private AvroBytes() {}

  /** The buffer's bytes; its own array where it has one that fits, so not to be changed. */
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

package io.swarmstream.verification;

import java.nio.ByteBuffer;

/** Takes a model chunk by chunk, in any order. */
@FunctionalInterface
public interface ModelSink {
  /** A chunk's values, float32 little endian, not to be changed. */
  void accept(int chunk, ByteBuffer payload);
}

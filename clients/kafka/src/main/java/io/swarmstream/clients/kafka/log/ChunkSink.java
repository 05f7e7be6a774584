package io.swarmstream.clients.kafka.log;

import java.nio.ByteBuffer;

/** Takes the chunks of a model one by one, so that a large one need not be in memory. */
@FunctionalInterface
public interface ChunkSink {
  /**
   * Takes a chunk; each comes once, in any order. A chunk is checked against its own hash; that all
   * of them are the round's model is only known once the read returns.
   *
   * @param chunk index of the chunk
   * @param offset index of its first value in the flat vector
   * @param payload float32, little endian; not to be changed
   */
  void accept(int chunk, long offset, ByteBuffer payload);
}

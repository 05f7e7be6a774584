package io.swarmstream.clients.kafka.log;

import java.nio.ByteBuffer;

/** Takes the chunks of a model one by one, so that a large model need not fit in memory. */
@FunctionalInterface
public interface ChunkSink {
  /**
   * Takes a chunk. Each chunk arrives once, in any order, and has been checked against its own
   * hash. Only when the read returns is it certain that the chunks together are the round's model.
   *
   * @param chunk index of the chunk
   * @param offset index of its first value in the flat vector
   * @param payload float32, little endian; not to be changed
   */
  void accept(int chunk, long offset, ByteBuffer payload);
}

package io.swarmstream.schemas.contribution;

import io.swarmstream.schemas.avro.DeltaChunk;
import java.nio.ByteBuffer;

/** Handles payloads separately from their chunks. */
public final class Payloads {
  private static final int POSITION = DeltaChunk.getClassSchema().getField("payload").pos();

  private Payloads() {}

  /** Replaces the payload of a chunk in place and returns the chunk. */
  public static DeltaChunk replace(DeltaChunk chunk, byte[] payload) {
    chunk.put(POSITION, ByteBuffer.wrap(payload));
    return chunk;
  }
}

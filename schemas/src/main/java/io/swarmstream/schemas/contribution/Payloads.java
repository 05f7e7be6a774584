package io.swarmstream.schemas.contribution;

import io.swarmstream.schemas.avro.DeltaChunk;
import java.nio.ByteBuffer;

/** Payloads apart from their chunks. */
public final class Payloads {
  private static final int POSITION = DeltaChunk.getClassSchema().getField("payload").pos();

  private Payloads() {}

  /** Puts another payload into a chunk, which is changed and returned. */
  public static DeltaChunk replace(DeltaChunk chunk, byte[] payload) {
    chunk.put(POSITION, ByteBuffer.wrap(payload));
    return chunk;
  }
}

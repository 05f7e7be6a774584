package io.swarmstream.connectors.chain;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Two longs. */
final class ChainSplitSerializer implements SimpleVersionedSerializer<ChainSplit> {
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(ChainSplit split) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(split.block())
        .putLong(split.logIndex())
        .array();
  }

  @Override
  public ChainSplit deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION || serialized.length != 2 * Long.BYTES) {
      throw new IOException(
          "place on the chain has version "
              + version
              + " and "
              + serialized.length
              + " bytes; version 1 and 16 bytes are known here");
    }
    ByteBuffer buffer = ByteBuffer.wrap(serialized);
    return new ChainSplit(buffer.getLong(), buffer.getLong());
  }
}

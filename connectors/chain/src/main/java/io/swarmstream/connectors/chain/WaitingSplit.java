package io.swarmstream.connectors.chain;

import java.io.IOException;
import java.util.Optional;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The enumerator's state.
 *
 * @param split the chain, until a reader takes it; from then on it is in that reader's state
 */
record WaitingSplit(Optional<ChainSplit> split) {

  /** The split's bytes, or none. */
  static final class Serializer implements SimpleVersionedSerializer<WaitingSplit> {
    private static final byte[] NONE = {};

    private final ChainSplitSerializer splits = new ChainSplitSerializer();

    @Override
    public int getVersion() {
      return splits.getVersion();
    }

    @Override
    public byte[] serialize(WaitingSplit waiting) {
      return waiting.split().map(splits::serialize).orElse(NONE);
    }

    @Override
    public WaitingSplit deserialize(int version, byte[] serialized) throws IOException {
      return serialized.length == 0
          ? new WaitingSplit(Optional.empty())
          : new WaitingSplit(Optional.of(splits.deserialize(version, serialized)));
    }
  }
}

package io.swarmstream.connectors.chain;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * The event source's only split: the chain from a given place.
 *
 * @param block next block to read
 * @param logIndex first log of that block that has not been emitted; 0: all of it
 */
record ChainSplit(long block, long logIndex) implements SourceSplit {
  static final String ID = "chain";

  ChainSplit {
    if (block < 0 || logIndex < 0) {
      throw new IllegalArgumentException(
          "block is " + block + " and logIndex is " + logIndex + "; neither may be negative");
    }
  }

  @Override
  public String splitId() {
    return ID;
  }
}

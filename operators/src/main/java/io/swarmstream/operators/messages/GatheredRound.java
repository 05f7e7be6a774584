package io.swarmstream.operators.messages;

import io.swarmstream.schemas.Encoding;
import java.util.List;

/**
 * A chunk of a closed round, all of whose deltas are in the log.
 *
 * @param chunkCount chunks of the model
 * @param method merge method
 * @param encoding of the deltas
 * @param adaptive whether the merge decides about the sites' interval
 * @param deltas who is in, in the order of their site's address
 */
public record GatheredRound(
    String contract,
    int chunk,
    int chunkCount,
    long round,
    String method,
    Encoding encoding,
    boolean adaptive,
    List<GatheredDelta> deltas) {
  public ChunkKey key() {
    return new ChunkKey(contract, chunk);
  }

  public int[] weights() {
    return deltas.stream().mapToInt(GatheredDelta::weight).toArray();
  }
}

package io.swarmstream.operators.messages;

import io.swarmstream.schemas.Encoding;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.hashing.PayloadHash;
import java.util.List;
import java.util.Objects;

/**
 * A chunk of a closed round, all of whose deltas are in the log.
 *
 * @param chunkCount chunks of the model
 * @param method merge method
 * @param encoding of the deltas
 * @param adaptive whether the merge decides about the sites' interval
 * @param deltas who is in, in the order of their site's address
 * @param limits what no site may exceed; the deltas' weights keep to it already
 * @param payloadHash of the deltas and of the model
 */
public record GatheredRound(
    String contract,
    int chunk,
    int chunkCount,
    long round,
    String method,
    Encoding encoding,
    boolean adaptive,
    List<GatheredDelta> deltas,
    Limits limits,
    PayloadHash payloadHash) {
  public GatheredRound {
    // A savepoint of before there were limits, or payload hashes, has none.
    limits = Objects.requireNonNullElse(limits, Limits.NONE);
    payloadHash = Objects.requireNonNullElse(payloadHash, PayloadHash.UNNAMED);
  }

  public ChunkKey key() {
    return new ChunkKey(contract, chunk);
  }

  public int[] weights() {
    return deltas.stream().mapToInt(GatheredDelta::weight).toArray();
  }
}

package io.swarmstream.operators.messages;

import io.swarmstream.schemas.Encoding;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.hashing.PayloadHash;
import java.util.List;
import java.util.Objects;

/**
 * The coordinator's decision that closes a round, as one chunk's key gets it.
 *
 * @param method merge method
 * @param encoding of the deltas
 * @param adaptive whether the merge decides about the sites' interval
 * @param chunkCount chunks of the model
 * @param deltas who is in, in the order of their site's address
 * @param limits what no site may exceed; the deltas' weights keep to it already
 * @param payloadHash of the deltas and of the model
 */
public record ChunkPlan(
    String method,
    Encoding encoding,
    boolean adaptive,
    int chunkCount,
    List<PlannedDelta> deltas,
    Limits limits,
    PayloadHash payloadHash) {
  public ChunkPlan {
    // A savepoint of before there were limits, or payload hashes, has none.
    limits = Objects.requireNonNullElse(limits, Limits.NONE);
    payloadHash = Objects.requireNonNullElse(payloadHash, PayloadHash.UNNAMED);
  }
}

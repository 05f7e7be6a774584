package io.swarmstream.operators.messages;

import io.swarmstream.schemas.Encoding;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.masking.MaskedSum;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
 * @param optimizer turns the merged delta into the step that is added to the model
 * @param masks what takes the masks off the sums of the deltas; null: they are not masked
 */
public record ChunkPlan(
    String method,
    Encoding encoding,
    boolean adaptive,
    int chunkCount,
    List<PlannedDelta> deltas,
    Limits limits,
    PayloadHash payloadHash,
    Optimizer optimizer,
    @Nullable MaskedSum masks) {
  public ChunkPlan {
    // A savepoint of before there was one of them has none.
    limits = Objects.requireNonNullElse(limits, Limits.NONE);
    payloadHash = Objects.requireNonNullElse(payloadHash, PayloadHash.UNNAMED);
    optimizer = Objects.requireNonNullElse(optimizer, Optimizer.NONE);
  }
}

package io.swarmstream.operators.messages;

import io.swarmstream.schemas.Encoding;
import java.util.List;

/**
 * The coordinator's decision that closes a round, as one chunk's key gets it.
 *
 * @param method merge method
 * @param encoding of the deltas
 * @param adaptive whether the merge decides about the sites' interval
 * @param chunkCount chunks of the model
 * @param deltas who is in, in the order of their site's address
 */
public record ChunkPlan(
    String method,
    Encoding encoding,
    boolean adaptive,
    int chunkCount,
    List<PlannedDelta> deltas) {}

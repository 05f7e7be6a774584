package io.swarmstream.site.node;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What went to the swarm, or came from it: for people who want to see that it did.
 *
 * @param norm Euclidean norm of the weights
 * @param hash Merkle root: of the contribution sent, or of the model received, as the round record
 *     names them
 * @param bytes of the float32 values
 */
public record Exchange(long round, @Nullable Double norm, String hash, long bytes, Instant at) {}

package io.swarmstream.site.node.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a site sent to the swarm, or received from it, for people who want to see that it did.
 *
 * @param round that it was sent to, or is the model of
 * @param norm Euclidean norm of the weights
 * @param hash Merkle root of the contribution or the model, as the round record has it
 * @param bytes of the values as float32
 */
public record Exchange(long round, @Nullable Double norm, String hash, long bytes, Instant at) {}

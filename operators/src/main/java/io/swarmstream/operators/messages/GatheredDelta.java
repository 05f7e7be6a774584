package io.swarmstream.operators.messages;

/**
 * One site's chunk on its way into a merge; its payload stays in the log.
 *
 * @param ref where it stands in the contract's deltas topic
 * @param chunkHash leaf hash of the payload, hex
 * @param weight how much it counts
 */
public record GatheredDelta(ChunkRef ref, String chunkHash, int weight) {}

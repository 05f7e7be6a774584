package io.swarmstream.operators.messages;

/** One site's chunk in a plan: which received chunk, and how much it counts. */
public record PlannedDelta(ChunkRef ref, int weight) {}

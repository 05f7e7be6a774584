package io.swarmstream.operators.payloads;

/**
 * What a model's chunk is found again by, in memory or in the log.
 *
 * @param round that made it
 * @param hash its leaf hash, hex
 * @param timestampMs of its record
 */
public record PublishedChunk(long round, String hash, long timestampMs) {}

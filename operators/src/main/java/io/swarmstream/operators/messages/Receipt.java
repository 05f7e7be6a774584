package io.swarmstream.operators.messages;

/**
 * Says that a chunk was admitted; goes to the coordinator in the payload's place.
 *
 * @param appendedMs when the log took the chunk, Unix milliseconds
 * @param contribution Merkle root of the contribution, hex
 * @param signed hash of what the site signed, hex: the same delta with another header is another
 *     contribution
 * @param baseHash hash of the model it starts from, hex
 */
public record Receipt(
    ChunkRef ref,
    long appendedMs,
    String contract,
    long round,
    String site,
    int chunk,
    String contribution,
    String signed,
    String baseHash,
    Header header) {}

package io.swarmstream.operators.messages;

/**
 * One chunk's share of a round's Gram matrix.
 *
 * @param gram n x n, row-major, of the plan's n deltas in their order
 */
@SuppressWarnings("ArrayRecordComponent") // travels, is never compared
public record GramPart(
    String contract,
    int chunk,
    int chunkCount,
    long round,
    String method,
    int[] weights,
    double[] gram) {}

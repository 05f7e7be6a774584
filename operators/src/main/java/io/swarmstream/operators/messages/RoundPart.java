package io.swarmstream.operators.messages;

import io.swarmstream.schemas.Limits;

/**
 * One chunk's share of what a round has to know of its whole deltas before it merges them.
 *
 * @param weights of the plan's n deltas
 * @param limits what no site may exceed
 * @param sums what is added up over the chunks: of a round that limits lengths the squared length
 *     of each delta; behind it, for a method that needs it, the Gram matrix, row-major, n x n, or
 *     with zero, (n + 1) x (n + 1), where lengths are limited
 */
@SuppressWarnings("ArrayRecordComponent") // travels, is never compared
public record RoundPart(
    String contract,
    int chunk,
    int chunkCount,
    long round,
    String method,
    int[] weights,
    Limits limits,
    double[] sums) {}

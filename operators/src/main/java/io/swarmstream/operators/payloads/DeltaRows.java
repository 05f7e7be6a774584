package io.swarmstream.operators.payloads;

/**
 * The deltas of a chunk as they were read for a merge, in their order.
 *
 * @param values one row for each delta, decoded
 * @param bytes length of each payload, as it was sent
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record DeltaRows(float[][] values, int[] bytes) {}

package io.swarmstream.operators.merging;

import io.swarmstream.merge.Drift;
import org.jspecify.annotations.Nullable;

/**
 * A chunk's deltas, merged.
 *
 * @param values to be added to the base
 * @param squares the chunk's share of what the sites' {@link Drift} is made of; null: the contract
 *     is not adaptive
 * @param figures the chunk's share of the {@link DeltaFigures}; null: the deltas are masked
 * @param counted whether enough deltas counted to merge them; if not, the values are 0 and nothing
 *     is to change
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record MergedDelta(
    float[] values, double @Nullable [] squares, double @Nullable [] figures, boolean counted) {}

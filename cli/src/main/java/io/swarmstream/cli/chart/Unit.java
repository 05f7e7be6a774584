package io.swarmstream.cli.chart;

import java.util.function.DoubleFunction;

/**
 * How a chart writes its numbers.
 *
 * @param tick beside the axis
 * @param value of a point
 */
public record Unit(DoubleFunction<String> tick, DoubleFunction<String> value) {}

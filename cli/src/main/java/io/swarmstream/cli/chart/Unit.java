package io.swarmstream.cli.chart;

import java.util.function.DoubleFunction;

/**
 * Formats the numbers of a chart.
 *
 * @param tick formats a number beside the axis
 * @param value formats the value of a point
 */
public record Unit(DoubleFunction<String> tick, DoubleFunction<String> value) {}

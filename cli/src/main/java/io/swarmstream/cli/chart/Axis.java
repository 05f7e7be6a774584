package io.swarmstream.cli.chart;

/**
 * The horizontal axis of a chart.
 *
 * @param name name with the unit, such as {@code seconds}
 * @param step distance from one point to the next
 */
public record Axis(String name, double step) {
  /** An axis with a point for each round. */
  public static final Axis ROUNDS = new Axis("round", 1);
}

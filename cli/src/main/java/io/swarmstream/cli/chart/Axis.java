package io.swarmstream.cli.chart;

/**
 * What a chart's points stand above.
 *
 * @param name with the unit, such as {@code seconds}
 * @param step from one point to the next
 */
public record Axis(String name, double step) {
  /** A point for each round. */
  public static final Axis ROUNDS = new Axis("round", 1);
}

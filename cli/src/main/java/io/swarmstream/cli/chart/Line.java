package io.swarmstream.cli.chart;

import java.util.List;

/**
 * One line of a chart.
 *
 * @param label text at the line's end; empty for lines that are only background
 * @param style CSS class, which sets colour and dashes
 * @param points values one after the other along the axis; NaN when unknown, which draws no point
 */
public record Line(String label, String style, List<Double> points) {
  /** The largest known value; 0 when there is none. */
  public double max() {
    return points.stream().filter(Double::isFinite).mapToDouble(p -> p).max().orElse(0);
  }

  /** Index of the last known point; -1 when there is none. */
  int lastKnown() {
    int last = points.size() - 1;
    while (last >= 0 && !Double.isFinite(points.get(last))) {
      last--;
    }
    return last;
  }
}

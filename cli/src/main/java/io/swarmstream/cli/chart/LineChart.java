package io.swarmstream.cli.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Draws values along an axis as SVG, with each line's name at its end. */
public final class LineChart {
  private static final int WIDTH = 826;
  private static final int HEIGHT = 320;
  private static final int LEFT = 52;
  private static final int RIGHT = 616;
  private static final int TOP = 26;
  private static final int BOTTOM = 272;

  /** Labels closer than this would overlap. */
  private static final int LABEL_HEIGHT = 17;

  /** With more values than this, points would hide the line. */
  private static final int MOST_POINTS = 60;

  private final String title;
  private final String description;
  private final List<Line> lines;
  private final Axis axis;
  private final Unit unit;
  private final Scale x;
  private final Scale y;

  /**
   * A chart of lines that start at 0.
   *
   * @param description text for readers who cannot see the chart
   * @param max top of the y axis
   */
  public LineChart(
      String title, String description, Axis axis, double max, Unit unit, List<Line> lines) {
    this.title = title;
    this.description = description;
    this.lines = lines;
    this.axis = axis;
    this.unit = unit;
    int lastPoint = lines.stream().mapToInt(line -> line.points().size() - 1).max().orElse(1);
    this.x = new Scale(Math.max(1, lastPoint) * axis.step(), LEFT, RIGHT);
    this.y = new Scale(max, BOTTOM, TOP);
  }

  /** The smallest tick that is no less than a value, as the top of an axis. */
  public static double topFor(double value) {
    return Scale.roundedUp(value);
  }

  /** The chart for a page that already has the styles. */
  public String svg() {
    return svg("", "");
  }

  /** The chart as a file of its own, with styles. */
  public String svgWithStyle(String css) {
    return svg(" xmlns=\"http://www.w3.org/2000/svg\"", Html.element("style", css));
  }

  private String svg(String attributes, String style) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg%s class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n"
            .formatted(attributes, WIDTH, HEIGHT, Html.escape(title + ": " + description)));
    svg.append(style);
    svg.append(Html.text("title", title));
    axes(svg);
    lines.forEach(line -> draw(svg, line));
    labels(svg);
    return svg.append("</svg>\n").toString();
  }

  private void axes(StringBuilder svg) {
    for (double tick : y.ticks()) {
      double at = y.at(tick);
      svg.append(stroke(tick == 0 ? "axis" : "grid", LEFT, at, RIGHT, at));
      svg.append(label("tick end", LEFT - 8, at + 4, unit.tick().apply(tick)));
    }
    for (double tick : x.ticks(10)) {
      if (tick == Math.rint(tick)) {
        svg.append(label("tick middle", x.at(tick), BOTTOM + 20, String.valueOf((long) tick)));
      }
    }
    svg.append(label("tick middle", (LEFT + RIGHT) / 2.0, BOTTOM + 42, axis.name()));
    svg.append(label("tick", LEFT - 40, TOP - 12, title));
  }

  private void draw(StringBuilder svg, Line line) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < line.points().size(); i++) {
      double value = line.points().get(i);
      if (Double.isFinite(value)) {
        path.append(pen ? "L" : "M").append(pair(xAt(i), yAt(value)));
      }
      pen = Double.isFinite(value);
    }
    svg.append("<path class=\"line %s\" d=\"%s\"/>%n".formatted(line.style(), path));
    if (!line.label().isEmpty() && line.points().size() <= MOST_POINTS) {
      points(svg, line);
    }
  }

  private void points(StringBuilder svg, Line line) {
    for (int i = 0; i < line.points().size(); i++) {
      double value = line.points().get(i);
      if (Double.isFinite(value)) {
        svg.append(
            "<circle class=\"point %s\" cx=\"%s\" cy=\"%s\" r=\"2.5\">%s</circle>%n"
                .formatted(
                    line.style(),
                    number(xAt(i)),
                    number(yAt(value)),
                    Html.text(
                        "title",
                        "%s, %s %s: ".formatted(line.label(), axis.name(), at(i))
                            + unit.value().apply(value))));
      }
    }
  }

  /** Places each label beside its line's end, or as near as the other labels and the axis allow. */
  private void labels(StringBuilder svg) {
    List<Line> named = new ArrayList<>(lines);
    named.removeIf(line -> line.label().isEmpty() || line.lastKnown() < 0);
    named.sort(Comparator.comparingDouble(line -> yAt(line.points().get(line.lastKnown()))));
    double free = TOP;
    for (int i = 0; i < named.size(); i++) {
      Line line = named.get(i);
      double value = line.points().get(line.lastKnown());
      double lowest = BOTTOM - 2 - LABEL_HEIGHT * (named.size() - 1.0 - i);
      double at = Math.max(free, Math.min(lowest, yAt(value)));
      String text = line.label() + " " + unit.value().apply(value);
      svg.append(label("name " + line.style(), RIGHT + 10, at + 4, text));
      free = at + LABEL_HEIGHT;
    }
  }

  private double xAt(int point) {
    return x.at(point * axis.step());
  }

  /** Describes a point's place on the axis in words. */
  private String at(int point) {
    return String.format(Locale.ROOT, axis.step() == 1 ? "%.0f" : "%.1f", point * axis.step());
  }

  private double yAt(double value) {
    return y.at(Math.min(value, y.max()));
  }

  private static String stroke(String style, double x1, double y1, double x2, double y2) {
    return "<path class=\"%s\" d=\"M%sL%s\"/>%n".formatted(style, pair(x1, y1), pair(x2, y2));
  }

  private static String label(String style, double x, double y, String text) {
    return "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>%n"
        .formatted(style, number(x), number(y), Html.escape(text));
  }

  private static String pair(double x, double y) {
    return number(x) + " " + number(y);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}

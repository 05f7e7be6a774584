package io.swarmstream.lab.bench;

import io.swarmstream.cli.chart.Axis;
import io.swarmstream.cli.chart.Line;
import io.swarmstream.cli.chart.LineChart;
import io.swarmstream.cli.chart.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Plots the memory of each process over the time of a benchmark. */
final class MemoryChart {
  private static final double MIB = 1 << 20;

  /**
   * Number of colours in {@code memory-chart.css}; further processes reuse them from the first on.
   */
  private static final int STYLES = 8;

  /** Most labels that fit beside each other; the largest processes get them. */
  private static final int NAMES = 13;

  private static final Unit MEBIBYTES =
      new Unit(
          mib -> String.format(Locale.ROOT, "%.0f", mib),
          mib -> String.format(Locale.ROOT, "%,.0f MiB", mib));

  private final RoundsResult result;

  MemoryChart(RoundsResult result) {
    this.result = result;
  }

  /** Writes the chart to a file, and replaces the file if it exists. */
  void writeTo(Path file) throws IOException {
    Files.writeString(file, svg());
  }

  String svg() throws IOException {
    List<Line> lines = lines();
    double top = lines.stream().mapToDouble(Line::max).max().orElse(1);
    return new LineChart(
            "resident memory, MiB",
            String.format(
                Locale.ROOT,
                "%s of %,d sites with %,d parameters; at most %,.0f MiB in one process",
                result.method(),
                result.sites(),
                result.parameters(),
                top),
            new Axis("seconds since the sites started", step()),
            LineChart.topFor(top),
            MEBIBYTES,
            lines)
        .svgWithStyle(style());
  }

  /** Seconds between two samples, which are taken at a constant rate. */
  private double step() {
    List<Double> seconds = result.memory().seconds();
    int steps = seconds.size() - 1;
    return steps < 1 ? 1 : (seconds.get(steps) - seconds.get(0)) / steps;
  }

  private List<Line> lines() {
    List<Map.Entry<String, List<Long>>> largestFirst =
        new ArrayList<>(result.memory().residentBytes().entrySet());
    largestFirst.sort(Comparator.comparingLong(process -> -Collections.max(process.getValue())));
    List<Line> lines = new ArrayList<>();
    for (Map.Entry<String, List<Long>> process : largestFirst) {
      int index = lines.size();
      lines.add(
          new Line(
              index < NAMES ? process.getKey() : "",
              "p" + index % STYLES,
              process.getValue().stream().map(MemoryChart::mebibytes).toList()));
    }
    return lines;
  }

  /** Maps the 0 of a process that has ended to an unknown value. */
  private static double mebibytes(long bytes) {
    return bytes == 0 ? Double.NaN : bytes / MIB;
  }

  private static String style() throws IOException {
    try (InputStream css = MemoryChart.class.getResourceAsStream("memory-chart.css")) {
      if (css == null) {
        throw new IOException("resource memory-chart.css is not on the class path");
      }
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

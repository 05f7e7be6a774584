package io.swarmstream.lab.bench.peers;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints the figures as a table. */
public final class PeersTable {
  private static final double MIB = 1 << 20;
  private static final String ROW = "%-12s %-16s %10s %10s %10s %10s %12s %12s%n";

  private PeersTable() {}

  /**
   * Prints a row for each system in each cell, in a fixed order, and which system was fastest
   * where.
   */
  public static void print(PrintWriter out, List<Measured> all, List<String> systems) {
    out.printf(
        ROW,
        "sites x par.",
        "system",
        "round, ms",
        "exch., ms",
        "rounds/min",
        "CPU s/rnd",
        "MiB/site/rnd",
        "peak MiB all");
    Map<Cell, List<Measured>> cells = byCell(all);
    cells.forEach(
        (cell, rows) -> {
          Optional<Measured> fastest = fastest(rows);
          rows.stream()
              .sorted(Comparator.comparingInt(row -> systems.indexOf(row.system())))
              .forEach(row -> print(out, row, fastest.filter(row::equals).isPresent()));
        });
    out.println("* fastest round");
    out.println();
    wins(cells.values()).forEach(out::println);
    out.flush();
  }

  private static void print(PrintWriter out, Measured row, boolean fastest) {
    if (row.missing() != null) {
      String firstLine = row.missing().lines().findFirst().orElse("");
      out.printf("%-12s %-16s %s%n", row.cell(), row.system(), firstLine);
      return;
    }
    out.printf(
        ROW,
        row.cell(),
        row.system() + (fastest ? " *" : ""),
        millis(row.roundP50Millis()),
        millis(row.exchangeP50Millis()),
        String.format(Locale.ROOT, "%,.1f", row.roundsPerMinute()),
        String.format(Locale.ROOT, "%,.3f", row.cpuSecondsPerRound()),
        String.format(Locale.ROOT, "%,.1f", row.loopbackBytesPerSite() / MIB),
        String.format(Locale.ROOT, "%,.0f", row.peakTogetherBytes() / MIB));
  }

  private static String millis(double value) {
    return Double.isNaN(value)
        ? "–"
        : String.format(Locale.ROOT, value < 100 ? "%,.1f" : "%,.0f", value);
  }

  /** The measured system with the shortest round; empty when none was measured. */
  static Optional<Measured> fastest(List<Measured> rows) {
    return rows.stream()
        .filter(Measured::isMeasured)
        .min(Comparator.comparingDouble(Measured::roundP50Millis));
  }

  /** A sentence for each system that was fastest in some cell. */
  static List<String> wins(Iterable<List<Measured>> cells) {
    Map<String, List<String>> wins = new LinkedHashMap<>();
    for (List<Measured> rows : cells) {
      fastest(rows)
          .ifPresent(
              row ->
                  wins.computeIfAbsent(row.system(), unused -> new ArrayList<>())
                      .add(row.cell().toString()));
    }
    return wins.entrySet().stream()
        .map(entry -> entry.getKey() + " is fastest at " + String.join(", ", entry.getValue()))
        .toList();
  }

  private static Map<Cell, List<Measured>> byCell(List<Measured> all) {
    return all.stream()
        .collect(Collectors.groupingBy(Measured::cell, LinkedHashMap::new, Collectors.toList()));
  }
}

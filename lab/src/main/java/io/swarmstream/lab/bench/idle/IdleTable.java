package io.swarmstream.lab.bench.idle;

import io.swarmstream.cli.options.TextTable;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints the result as two tables. */
final class IdleTable {
  private IdleTable() {}

  static void print(IdleResult result, PrintWriter out) {
    out.println(result.machine());
    out.println();
    TextTable starts = new TextTable("start", "s", "CPU, s");
    starts.row(
        "swarm up, fastest of " + result.starts().size(),
        number(result.fastest().seconds()),
        number(result.fastest().cpuSeconds()));
    starts.row(
        "swarm site",
        number(result.siteStart().seconds()),
        number(result.siteStart().cpuSeconds()));
    starts.print(out);
    out.println();
    TextTable parts =
        new TextTable("idle for " + result.seconds() + " s", "CPU, % of a core", "resident, MiB");
    result
        .parts()
        .forEach(
            part ->
                parts.row(
                    part.name(),
                    number(part.cpuPercent()),
                    String.format(Locale.ROOT, "%.0f", part.residentMib())));
    parts.print(out);
    out.flush();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}

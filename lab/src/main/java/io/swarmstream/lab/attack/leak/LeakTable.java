package io.swarmstream.lab.attack.leak;

import io.swarmstream.cli.options.TextTable;
import io.swarmstream.lab.attack.leak.LeakResult.Inverted;
import io.swarmstream.lab.attack.leak.LeakResult.Membership;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints what deltas gave away. */
final class LeakTable {
  private LeakTable() {}

  static void print(LeakResult result, PrintWriter out) {
    out.printf(
        "%s, %d sites, %d rounds, seeds %s%n%n",
        result.data(),
        result.sites(),
        result.rounds(),
        result.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    out.println("Images read off a delta");
    TextTable images = new TextTable("round", "trained on", "correlation", "recognised", "guessed");
    for (Inverted row : result.inversion()) {
      images.row(
          Integer.toString(row.round()),
          row.trainedOn(),
          format("%.3f", row.correlation()),
          format("%.0f %%", 100 * row.recognised()),
          format("%.0f %%", 100 * row.guessed()));
    }
    images.print(out);
    out.println();
    out.println("Records told to have been trained on");
    TextTable records = new TextTable("round", "delta", "AUC", "found at 5 % false alarms");
    for (Membership row : result.membership()) {
      records.row(
          Integer.toString(row.round()),
          row.from(),
          format("%.3f", row.auc()),
          format("%.1f %%", 100 * row.found()));
    }
    records.print(out);
    out.println();
    out.println("A guess has an AUC of 0.5 and finds 5 %.");
    out.flush();
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}

package io.swarmstream.cli.demo;

import io.swarmstream.cli.demo.DemoResult.SiteData;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints the final table: each site alone, the swarm, all data pooled. */
public final class ResultTable {
  private static final String LINE = "%-20s  %8s  %-20s  %8s%n";

  private ResultTable() {}

  public static void print(DemoResult result, PrintWriter to) {
    to.printf(LINE, "trained on", "samples", "mostly the digits", "accuracy");
    List<Curve> alone = result.baselines().alone();
    for (int i = 0; i < alone.size(); i++) {
      SiteData site = result.sites().get(i);
      String digits =
          site.favoured().stream().map(String::valueOf).collect(Collectors.joining(" "));
      line(to, site.name() + " alone", site.samples(), digits, alone.get(i).accuracy());
    }
    line(to, "the swarm", result.trainingSamples(), "all, none shared", result.swarm());
    line(to, "all data pooled", result.trainingSamples(), "all", result.pooled());
    to.flush();
  }

  private static void line(
      PrintWriter to, String who, int samples, String digits, double accuracy) {
    to.printf(LINE, who, String.format(Locale.ROOT, "%,d", samples), digits, Percent.of(accuracy));
  }
}

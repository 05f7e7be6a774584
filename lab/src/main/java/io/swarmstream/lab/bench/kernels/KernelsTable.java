package io.swarmstream.lab.bench.kernels;

import io.swarmstream.lab.bench.kernels.Timings.Spread;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** Prints the result as a table. */
final class KernelsTable {
  private static final String ROW = "%-24s %9s  %-15s %6s  %-8s %-6s %-30s %9s  %7s%n";

  private final KernelsResult result;

  KernelsTable(KernelsResult result) {
    this.result = result;
  }

  void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%d sites x %,d parameters in %d tensors, %,.0f MB of deltas, %d cores (%s)%n%n",
        result.sites(),
        result.parameters(),
        result.tensors(),
        result.bytes() / 1e6,
        result.machine().cores(),
        result.machine().processor());
    out.printf(ROW, "ours", "ms", "from – to", "GB/s", "error", "bits", "others'", "ms", "ratio");
    for (Kernel kernel : Kernel.ALL) {
      row(out, kernel);
    }
    out.printf(
        Locale.ROOT,
        "%nall cores read memory at %.1f GB/s (%s) and copy at %.1f GB/s (%s); mean reads at %.2f of that%n",
        result.limits().read(),
        result.limits().readBy(),
        result.limits().copy(),
        result.limits().copyBy(),
        ratio("mean_vs_read_bandwidth"));
    out.printf(
        Locale.ROOT,
        "geomedian takes %.1f times as long as mean%n",
        ratio("geomedian_cost_over_mean"));
    out.printf("one core hashes payloads at %s%n", hashes());
    out.printf("versions: %s%n", result.versions());
    out.flush();
  }

  private String hashes() {
    return result.payloadHashGBs().entrySet().stream()
        .map(each -> String.format(Locale.ROOT, "%.2f GB/s (%s)", each.getValue(), each.getKey()))
        .collect(Collectors.joining(", "));
  }

  private double ratio(String name) {
    return Objects.requireNonNull(result.ratios().get(name));
  }

  private void row(PrintWriter out, Kernel kernel) {
    boolean first = true;
    for (String peer : kernel.peers()) {
      if (result.millis().containsKey(peer)) {
        double millis = result.millis().getOrDefault(peer, Double.NaN);
        String ratio = String.format(Locale.ROOT, "%.1f x", millis / result.millis(kernel));
        out.printf(ROW, ours(kernel, first, peer, number(millis), ratio));
        first = false;
      }
    }
    if (first) {
      out.printf(ROW, ours(kernel, true, "", "", ""));
    }
  }

  /** A row of a kernel; the kernel's own figures appear only in its first row. */
  private Object[] ours(Kernel kernel, boolean first, String... others) {
    Spread spread = Objects.requireNonNull(result.spread().get(kernel.name()));
    Object[] own = {
      kernel.name(),
      number(result.millis(kernel)),
      number(spread.min()) + " – " + number(spread.max()),
      String.format(Locale.ROOT, "%.1f", result.gigabytesPerSecond(kernel)),
      String.format(Locale.ROOT, "%.0e", result.accuracy().get(kernel.name())),
      Boolean.TRUE.equals(result.sameHash().get(kernel.name())) ? "same" : "DIFFER"
    };
    Object[] row = new Object[own.length + others.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = i < own.length ? (first ? own[i] : "") : others[i - own.length];
    }
    return row;
  }

  private static String number(double millis) {
    return String.format(Locale.ROOT, millis < 10 ? "%.2f" : "%,.1f", millis);
  }
}

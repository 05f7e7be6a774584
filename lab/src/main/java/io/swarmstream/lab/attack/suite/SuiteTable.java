package io.swarmstream.lab.attack.suite;

import io.swarmstream.cli.options.TextTable;
import io.swarmstream.lab.attack.suite.SuiteResult.AttackCell;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Prints the result: a table for each split and norm limit, with a row for each attack. */
final class SuiteTable {
  private final SuiteResult result;

  SuiteTable(SuiteResult result) {
    this.result = result;
  }

  void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s, %d sites of which %d attack, %s%d rounds, seeds %s%n",
        result.data(),
        result.sites(),
        result.bad(),
        result.groups() > 1 ? result.groups() + " masked groups, " : "",
        result.rounds(),
        result.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    for (String split : distinct(AttackCell::split)) {
      for (String maxNorm : distinct(AttackCell::maxNorm)) {
        out.printf("%n%s data, --max-norm %s%n", split, maxNorm);
        table(split, maxNorm).print(out);
      }
    }
    out.printf(
        "%nnobody: accuracy in %%. Other rows: points of accuracy lost against it; in brackets the range over the seeds.%n");
    out.printf(
        "Patch taken for 0: share of patched images on which the backdoor works, in %%.%n%n");
    for (String name : distinct(AttackCell::attack)) {
      out.printf("%-13s  %s%n", name, Attack.named(name).meaning());
    }
    out.flush();
  }

  private TextTable table(String split, String maxNorm) {
    List<String> merges = distinct(AttackCell::merge);
    TextTable table = new TextTable(row("", merges.stream()));
    for (String attack : distinct(AttackCell::attack)) {
      List<AttackCell> cells =
          merges.stream().map(merge -> result.cell(split, maxNorm, attack, merge)).toList();
      boolean honest = attack.equals(Attack.NOBODY.toString());
      table.row(
          row(attack, cells.stream().map(cell -> range(honest ? cell.accuracy() : cell.lost()))));
      if (attack.equals(Attack.BACKDOOR.toString())) {
        table.row(row("  patch taken for 0", cells.stream().map(cell -> range(cell.triggered()))));
      }
    }
    return table;
  }

  private static String[] row(String first, Stream<String> others) {
    return Stream.concat(Stream.of(first), others).toArray(String[]::new);
  }

  private String range(@Nullable SeedRange range) {
    if (range == null) {
      return "too few sites";
    }
    return result.seeds().size() == 1
        ? percent(range.mean())
        : "%s (%s to %s)"
            .formatted(percent(range.mean()), percent(range.least()), percent(range.most()));
  }

  /** Without a negative zero. */
  private static String percent(double share) {
    double rounded = Math.round(1000 * share) / 10.0 + 0.0;
    return String.format(Locale.ROOT, "%.1f", rounded);
  }

  private List<String> distinct(Function<AttackCell, String> column) {
    return result.cells().stream().map(column).distinct().toList();
  }
}

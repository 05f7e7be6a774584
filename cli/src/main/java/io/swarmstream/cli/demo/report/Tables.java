package io.swarmstream.cli.demo.report;

import static io.swarmstream.cli.chart.Html.element;
import static io.swarmstream.cli.chart.Html.text;

import io.swarmstream.cli.demo.Curve;
import io.swarmstream.cli.demo.DemoResult;
import io.swarmstream.cli.demo.DemoResult.SiteData;
import io.swarmstream.cli.demo.Percent;
import io.swarmstream.cli.demo.Round;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Builds the report's tables. */
final class Tables {
  /** Keeps the text on the darkest cell readable, in light and dark mode. */
  private static final double DARKEST = 0.6;

  private static final int LONGEST_BAR = 220;

  private final DemoResult result;

  Tables(DemoResult result) {
    this.result = result;
  }

  /** Compares each site alone, the swarm, and all data pooled. */
  String outcome() {
    StringBuilder rows = new StringBuilder(head("Trained on", "Samples", "Test accuracy", ""));
    List<Curve> alone = result.baselines().alone();
    for (int i = 0; i < alone.size(); i++) {
      int samples = result.sites().get(i).samples();
      rows.append(outcome("tr", alone.get(i).name() + " alone", samples, alone.get(i).accuracy()));
    }
    int all = result.trainingSamples();
    rows.append(outcome("tr class=\"swarm\"", "the swarm", all, result.swarm()));
    rows.append(outcome("tr", "all data pooled", all, result.pooled()));
    return table("", rows);
  }

  private static String outcome(String row, String who, int samples, double accuracy) {
    long pixels = Math.round(LONGEST_BAR * accuracy);
    return element(
        row,
        text("th scope=\"row\"", who)
            + number(String.format(Locale.ROOT, "%,d", samples))
            + number(Percent.of(accuracy))
            + "<td><span class=\"bar\" style=\"width:"
            + pixels
            + "px\"></span></td>");
  }

  /** Number of pictures of each digit at each site. */
  String split() {
    StringBuilder rows = new StringBuilder("<tr><th scope=\"col\">Site</th>");
    int digits = result.sites().get(0).samplesByDigit().size();
    IntStream.range(0, digits)
        .forEach(digit -> rows.append(text("th scope=\"col\" class=\"number\"", digit)));
    rows.append("<th scope=\"col\" class=\"number\">All</th></tr>");
    int most =
        result.sites().stream()
            .flatMap(site -> site.samplesByDigit().stream())
            .max(Integer::compare)
            .orElse(1);
    for (SiteData site : result.sites()) {
      String cells =
          site.samplesByDigit().stream()
              .map(count -> heat(count, (double) count / most))
              .collect(Collectors.joining());
      rows.append(
          element("tr", text("th scope=\"row\"", site.name()) + cells + number(site.samples())));
    }
    return table("heat", rows);
  }

  private static String heat(int count, double share) {
    return text(
        String.format(
            Locale.ROOT,
            "td class=\"number\" style=\"background:rgb(var(--heat)/%.2f)\"",
            DARKEST * share),
        count);
  }

  /** Every round with its hashes. */
  String rounds() {
    StringBuilder rows =
        new StringBuilder(
            head("Round", "Sites", "Mean loss", "Test accuracy", "Test loss", "Time")
                .replace("</tr>", "<th scope=\"col\">Model, anchor transaction</th></tr>"));
    for (Round round : result.rounds()) {
      String loss = round.meanLoss().isPresent() ? decimals(round.meanLoss().getAsDouble()) : "–";
      rows.append(
          element(
              "tr",
              text("th scope=\"row\"", round.round())
                  + number(round.participants().size())
                  + number(loss)
                  + number(Percent.of(round.test().accuracy()))
                  + number(decimals(round.test().loss()))
                  + number(round.millis() + " ms")
                  + element(
                      "td class=\"hash\"",
                      text("code", round.modelHash())
                          + "<br>"
                          + text("code", round.anchorTransaction()))));
    }
    return table("rounds", rows);
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String head(String first, String... numbers) {
    StringBuilder row = new StringBuilder(text("th scope=\"col\"", first));
    for (String name : numbers) {
      row.append(name.isEmpty() ? "<td></td>" : text("th scope=\"col\" class=\"number\"", name));
    }
    return element("tr", row.toString());
  }

  private static String number(Object value) {
    return text("td class=\"number\"", value);
  }

  private static String table(String style, StringBuilder rows) {
    return "<div class=\"wide\"><table class=\"%s\">%n%s</table></div>%n"
        .formatted(style, rows.toString().replace("</tr>", "</tr>\n"));
  }
}

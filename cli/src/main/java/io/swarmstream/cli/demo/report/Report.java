package io.swarmstream.cli.demo.report;

import static io.swarmstream.cli.chart.Html.element;
import static io.swarmstream.cli.chart.Html.text;

import io.swarmstream.cli.demo.DemoResult;
import io.swarmstream.cli.demo.Percent;
import io.swarmstream.cli.demo.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Builds the whole page. */
public final class Report {
  private static final String ABOUT =
      "Each hospital has handwritten digits that it may not show to anybody, and mostly some of the"
          + " ten kinds, so alone it cannot learn to read all of them. In every round each one trains"
          + " a small network on its own pictures and sends only how the network's weights changed;"
          + " the stream job merges these changes and gives everyone the merged model. A hash of"
          + " every round stands on a blockchain, and each hospital compares the model it got with"
          + " that hash before it goes on.";

  private final DemoResult result;

  private Report(DemoResult result) {
    this.result = result;
  }

  public static Report of(DemoResult result) {
    return new Report(result);
  }

  /** Writes the page to a file, and replaces the file if it exists. */
  public void writeTo(Path file) throws IOException {
    Files.writeString(file, html());
  }

  String html() {
    Tables tables = new Tables(result);
    Charts charts = new Charts(result);
    ParticipationGrid grid = new ParticipationGrid(result);
    return page(
        header()
            + section("Accuracy after every round", wide(charts.accuracy()) + accuracyNote())
            + section("Loss after every round", wide(charts.loss()))
            + section("Result", tables.outcome())
            + section("Who has which digits", tables.split())
            + section("Who took part", text("p", grid.summary()) + wide(grid.svg()))
            + section("Rounds", text("p", roundsNote()) + tables.rounds())
            + section("To repeat this", settings()));
  }

  private String header() {
    String figures =
        figure("swarm", "the swarm", Percent.of(result.swarm()))
            + figure("pooled", "all data pooled", Percent.of(result.pooled()))
            + figure(
                "best", "best site alone", Percent.of(result.baselines().bestAlone().accuracy()));
    String title = "%d hospitals learn to read digits together".formatted(result.sites().size());
    return element(
        "header",
        text("p class=\"kind\"", "Swarmstream demo")
            + text("h1", title)
            + text("p", ABOUT)
            + element("div class=\"figures\"", figures)
            + text("p", Verdict.comparison(result))
            + text("p class=\"proof\"", Verdict.oneModel(result)));
  }

  private static String figure(String style, String name, String value) {
    return element(
        "div class=\"figure " + style + "\"",
        text("span class=\"value\"", value) + text("span class=\"of\"", name));
  }

  private static String accuracyNote() {
    return text(
        "p class=\"note\"",
        "Thin lines are the other sites, each trained alone. All trainings use the same network and"
            + " the same number of mini-batches.");
  }

  private static String roundsNote() {
    return "Round 0 merges the initial weights. Mean loss is what the sites report of their"
        + " training in the round. Time counts from the first site's first mini-batch until every"
        + " site holds the merged model, verified against its anchor. The first hash is the merged"
        + " model's, the second that of the transaction with the anchor.";
  }

  private String settings() {
    return element(
        "dl",
        Settings.of(result).entrySet().stream()
            .map(setting -> text("dt", setting.getKey()) + text("dd", setting.getValue()))
            .collect(Collectors.joining("\n")));
  }

  private static String section(String title, String content) {
    return element("section", text("h2", title) + "\n" + content) + "\n";
  }

  /** Wraps content so that it scrolls on its own on a narrow screen. */
  private static String wide(String content) {
    return element("div class=\"wide\"", content);
  }

  private static String page(String body) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Swarmstream demo</title>
        <style>
        %s</style>
        </head>
        <body>
        <main>
        %s</main>
        </body>
        </html>
        """
        .formatted(style(), body);
  }

  private static String style() {
    try (InputStream css = Report.class.getResourceAsStream("report.css")) {
      if (css == null) {
        throw new IOException("resource report.css is not on the class path");
      }
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the report's style", e);
    }
  }
}

package io.swarmstream.cli.demo.report;

import io.swarmstream.cli.chart.Html;
import io.swarmstream.cli.demo.DemoResult;
import io.swarmstream.cli.demo.DemoResult.SiteData;
import io.swarmstream.cli.demo.Round;

/** Shows which site took part in which round: a row per site, a column per round. */
final class ParticipationGrid {
  private static final int CELL = 16;
  private static final int GAP = 2;
  private static final int NAMES = 96;
  private static final int HEAD = 20;

  /** Interval between the rounds whose number appears above their column. */
  private static final int NUMBERED = 5;

  private final DemoResult result;

  ParticipationGrid(DemoResult result) {
    this.result = result;
  }

  String svg() {
    int width = NAMES + result.rounds().size() * CELL;
    int height = HEAD + result.sites().size() * CELL;
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg class=\"grid-of-sites\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n"
            .formatted(width, height, width, height, Html.escape(summary())));
    for (Round round : result.rounds()) {
      if (round.round() % NUMBERED == 0) {
        svg.append(
            text("tick middle", NAMES + round.round() * CELL + CELL / 2, HEAD - 7, round.round()));
      }
    }
    for (int row = 0; row < result.sites().size(); row++) {
      row(svg, result.sites().get(row), HEAD + row * CELL);
    }
    return svg.append("</svg>\n").toString();
  }

  private void row(StringBuilder svg, SiteData site, int top) {
    svg.append(text("tick", 0, top + CELL - 4, site.name()));
    for (Round round : result.rounds()) {
      boolean in = round.participants().contains(site.name());
      svg.append(
          "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\">%s</rect>%n"
              .formatted(
                  in ? "in" : "out",
                  NAMES + round.round() * CELL + GAP / 2,
                  top + GAP / 2,
                  CELL - GAP,
                  CELL - GAP,
                  Html.text(
                      "title",
                      site.name()
                          + (in ? " took part in" : " missed")
                          + " round "
                          + round.round())));
    }
  }

  /** Describes the grid in words, for readers who cannot see it. */
  String summary() {
    int all = result.sites().size();
    long full = result.rounds().stream().filter(r -> r.participants().size() == all).count();
    return full == result.rounds().size()
        ? "All %d sites took part in every one of the %d rounds.".formatted(all, full)
        : "All %d sites took part in %d of %d rounds; in the others the round did not wait."
            .formatted(all, full, result.rounds().size());
  }

  private static String text(String style, long x, long y, Object text) {
    return "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n"
        .formatted(style, x, y, Html.escape(text));
  }
}

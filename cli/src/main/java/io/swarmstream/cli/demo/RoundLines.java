package io.swarmstream.cli.demo;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;

/** Prints one line of text per round, under a heading. */
public final class RoundLines implements Consumer<Round> {
  private static final String LINE = "%5s  %8s  %9s  %6s  %-34s  %s%n";

  private final PrintWriter to;

  public RoundLines(PrintWriter to) {
    this.to = to;
  }

  @Override
  public void accept(Round round) {
    if (round.round() == 0) {
      to.printf(LINE, "round", "accuracy", "mean loss", "ms", "took part", "anchor transaction");
    }
    String loss =
        round.meanLoss().isPresent()
            ? String.format(Locale.ROOT, "%.4f", round.meanLoss().getAsDouble())
            : "–";
    to.printf(
        LINE,
        round.round(),
        Percent.of(round.test().accuracy()),
        loss,
        round.millis(),
        Names.brief(round.participants()),
        round.anchorTransaction());
    to.flush();
  }
}

package io.swarmstream.cli.experiments;

import io.swarmstream.clients.network.ExperimentInfo;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An experiment as people read it; what is unknown is a dash. */
final class ExperimentText {
  private ExperimentText() {}

  static String best(@Nullable Double value, @Nullable Long round) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.5g (round %d)", value, round);
  }

  static void print(ExperimentInfo experiment, PrintWriter out) {
    out.printf("%s is %s.%n", experiment.contract(), experiment.status());
    out.printf(
        "Rounds: %d, from %s to %s. Sites: %d. Method: %s.%n",
        experiment.rounds(),
        known(experiment.firstRoundAt()),
        known(experiment.lastRoundAt()),
        experiment.sites(),
        known(experiment.method()));
    out.printf("Best loss:   %s%n", best(experiment.bestLoss(), experiment.bestLossRound()));
    out.printf("Best metric: %s%n", best(experiment.bestMetric(), experiment.bestMetricRound()));
    if (!experiment.tags().isEmpty()) {
      out.printf("Tags: %s%n", String.join(", ", experiment.tags()));
    }
    if (!experiment.notes().isEmpty()) {
      out.printf(
          "Notes of %s, %s:%n%s%n",
          known(experiment.notedBy()), known(experiment.notedAt()), experiment.notes());
    }
  }

  private static String known(@Nullable String text) {
    return text == null ? "-" : text;
  }
}

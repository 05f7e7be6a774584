package io.swarmstream.cli.demo.report;

import io.swarmstream.cli.chart.Axis;
import io.swarmstream.cli.chart.Line;
import io.swarmstream.cli.chart.LineChart;
import io.swarmstream.cli.chart.Unit;
import io.swarmstream.cli.demo.Curve;
import io.swarmstream.cli.demo.DemoResult;
import io.swarmstream.cli.demo.Percent;
import io.swarmstream.cli.demo.Verdict;
import io.swarmstream.examples.digits.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Draws the report's charts: accuracy and loss after every round. */
final class Charts {
  private static final Unit PERCENT =
      new Unit(share -> String.format(Locale.ROOT, "%.0f %%", 100 * share), Percent::of);

  private static final Unit NATS =
      new Unit(
          loss -> String.format(Locale.ROOT, "%.1f", loss),
          loss -> String.format(Locale.ROOT, "%.3f", loss));

  private final DemoResult result;

  Charts(DemoResult result) {
    this.result = result;
  }

  /** Accuracy of the merged model, with every site alone and pooled training in the background. */
  String accuracy() {
    Curve best = result.baselines().bestAlone();
    List<Line> lines = new ArrayList<>();
    for (Curve site : result.baselines().alone()) {
      if (!site.name().equals(best.name())) {
        lines.add(line("", "alone", site, Evaluation::accuracy));
      }
    }
    lines.add(line("best alone", "best", best, Evaluation::accuracy));
    lines.add(line("pooled", "pooled", result.baselines().pooled(), Evaluation::accuracy));
    lines.add(swarm("swarm", Evaluation::accuracy));
    return new LineChart(
            "accuracy on digits that no site has",
            Verdict.comparison(result),
            Axis.ROUNDS,
            1,
            PERCENT,
            lines)
        .svg();
  }

  /** Training loss that the sites report, and test loss of the merged and the pooled model. */
  String loss() {
    List<Double> training =
        result.rounds().stream().map(round -> round.meanLoss().orElse(Double.NaN)).toList();
    List<Line> lines =
        List.of(
            line("pooled, test", "pooled", result.baselines().pooled(), Evaluation::loss),
            new Line("sites, training", "training", training),
            swarm("swarm, test", Evaluation::loss));
    double top = lines.stream().mapToDouble(Line::max).max().orElse(1);
    return new LineChart(
            "cross entropy in nats",
            String.format(
                Locale.ROOT,
                "the swarm's loss on the test digits falls from %.3f to %.3f",
                result.rounds().get(0).test().loss(),
                result.lastRound().test().loss()),
            Axis.ROUNDS,
            LineChart.topFor(top),
            NATS,
            lines)
        .svg();
  }

  private Line swarm(String label, ToDoubleFunction<Evaluation> measure) {
    return new Line(
        label,
        "swarm",
        result.rounds().stream().map(round -> measure.applyAsDouble(round.test())).toList());
  }

  private static Line line(
      String label, String style, Curve curve, ToDoubleFunction<Evaluation> measure) {
    return new Line(
        label, style, curve.byRound().stream().map(e -> measure.applyAsDouble(e)).toList());
  }
}

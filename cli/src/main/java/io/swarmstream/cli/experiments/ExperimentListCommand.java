package io.swarmstream.cli.experiments;

import io.swarmstream.cli.options.JsonChoice;
import io.swarmstream.cli.options.TextTable;
import io.swarmstream.clients.network.ExperimentInfo;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code swarm experiments list}. */
@Command(
    name = "list",
    description = "Lists trainings with their best rounds.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExperimentListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--tag", paramLabel = "TAG", description = "Only those that have this tag.")
  private List<String> tags = List.of();

  @Mixin private JsonChoice json;
  @Mixin private ExperimentPlace place;

  @Override
  public Integer call() throws Exception {
    List<ExperimentInfo> found =
        place.api().experiments().stream().filter(each -> each.tags().containsAll(tags)).toList();
    if (json.isJson()) {
      spec.commandLine().getOut().println(JsonChoice.text(found));
      return 0;
    }
    TextTable table =
        new TextTable(
            "experiment",
            "status",
            "rounds",
            "sites",
            "best loss",
            "best metric",
            "last round",
            "tags");
    for (ExperimentInfo each : found) {
      table.row(
          each.contract(),
          each.status(),
          Long.toString(each.rounds()),
          Integer.toString(each.sites()),
          ExperimentText.best(each.bestLoss(), each.bestLossRound()),
          ExperimentText.best(each.bestMetric(), each.bestMetricRound()),
          each.lastRoundAt() == null ? "-" : each.lastRoundAt(),
          String.join(",", each.tags()));
    }
    table.print(spec.commandLine().getOut());
    return 0;
  }
}

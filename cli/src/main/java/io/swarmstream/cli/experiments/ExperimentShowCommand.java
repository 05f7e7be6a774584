package io.swarmstream.cli.experiments;

import io.swarmstream.cli.options.JsonChoice;
import io.swarmstream.clients.network.ExperimentInfo;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code swarm experiments show}. */
@Command(
    name = "show",
    description = "Shows what came of a training, and what was noted about it.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExperimentShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "EXPERIMENT", description = "Its name on the chain.")
  private String name;

  @Mixin private JsonChoice json;
  @Mixin private ExperimentPlace place;

  @Override
  public Integer call() throws Exception {
    ExperimentInfo found = place.api().experiment(name);
    if (json.isJson()) {
      spec.commandLine().getOut().println(JsonChoice.text(found));
    } else {
      ExperimentText.print(found, spec.commandLine().getOut());
    }
    return 0;
  }
}

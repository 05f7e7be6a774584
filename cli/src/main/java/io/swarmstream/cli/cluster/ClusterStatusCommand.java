package io.swarmstream.cli.cluster;

import io.swarmstream.cli.options.JsonChoice;
import io.swarmstream.local.processes.ClusterStatus;
import io.swarmstream.local.processes.ProcessCluster;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code swarm cluster status}: shows what is running. */
@Command(
    name = "status",
    description =
        "Shows which processes run, which JobManager leads, and the state of the main job.",
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all of it runs", "1:something does not", "2:wrong option"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ClusterStatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private JsonChoice json = new JsonChoice();

  @Mixin private ClusterPlace place;

  @Override
  public Integer call() throws Exception {
    ClusterStatus status = ProcessCluster.at(place.options()).status();
    PrintWriter out = spec.commandLine().getOut();
    if (json.isJson()) {
      out.println(StatusJson.of(status));
    } else {
      StatusTable.print(status, out);
    }
    return status.isWhole() ? 0 : 1;
  }
}

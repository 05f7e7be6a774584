package io.swarmstream.cli.cluster;

import io.swarmstream.cli.demo.Phases;
import io.swarmstream.local.processes.ProcessCluster;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code swarm cluster down}: stops all processes, so that the cluster can resume later. */
@Command(
    name = "down",
    description = {
      "Stops the main job with a savepoint, then all processes. 'swarm cluster up' resumes from "
          + "there, even in the middle of a round."
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ClusterDownCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--no-savepoint",
      description =
          "Stop the processes only; the job resumes from its newest checkpoint. Use it if the job "
              + "cannot be stopped.")
  private boolean noSavepoint;

  @Mixin private ClusterPlace place;

  @Override
  public Integer call() throws Exception {
    ProcessCluster cluster = ProcessCluster.at(place.options());
    Phases phases = new Phases(spec.commandLine().getErr());
    if (noSavepoint) {
      cluster.stopProcesses(phases::run);
    } else {
      cluster.down(phases::run);
    }
    return 0;
  }
}

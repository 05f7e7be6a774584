package io.swarmstream.cli.cluster;

import io.swarmstream.cli.demo.Phases;
import io.swarmstream.local.processes.ClusterOptions;
import io.swarmstream.local.processes.ProcessCluster;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code swarm cluster up}: starts whatever is not running. */
@Command(
    name = "up",
    description = {
      "Starts all processes that do not run, of a new cluster or of an existing one. The main job "
          + "resumes from its savepoint or newest checkpoint."
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ClusterUpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--parallelism",
      paramLabel = "P",
      description =
          "Parallelism of the main job when it is started, 1 to 4. Default: ${DEFAULT-VALUE}.")
  private int parallelism = 2;

  @Option(
      names = "--checkpoint-interval-ms",
      paramLabel = "MS",
      description =
          "Interval between checkpoints that no round asks for: how much of the log is read again "
              + "after a crash. Default: ${DEFAULT-VALUE}.")
  private long checkpointIntervalMs = 5_000;

  @Option(
      names = "--any-ports",
      description = "Listen on any free ports, even if the usual ones are free.")
  private boolean anyPorts;

  @Mixin private ClusterPlace place;

  @Override
  public Integer call() throws Exception {
    ClusterOptions options =
        place
            .options()
            .withParallelism(parallelism)
            .withCheckpointInterval(Duration.ofMillis(checkpointIntervalMs));
    ProcessCluster cluster = ProcessCluster.at(anyPorts ? options.withAnyPorts() : options);
    PrintWriter out = spec.commandLine().getOut();
    cluster.up(new Phases(spec.commandLine().getErr())::run);
    StatusTable.print(cluster.status(), out);
    return 0;
  }
}

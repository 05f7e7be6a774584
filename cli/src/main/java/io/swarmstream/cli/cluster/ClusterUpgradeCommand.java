package io.swarmstream.cli.cluster;

import io.swarmstream.cli.demo.Phases;
import io.swarmstream.local.processes.ProcessCluster;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code swarm cluster upgrade}: switches to the present jar, even during a training. */
@Command(
    name = "upgrade",
    description =
        "Stops the main job with a savepoint and starts the present jar from it; open rounds "
            + "continue. Runs deploy/upgrade.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ClusterUpgradeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--parallelism",
      paramLabel = "P",
      description = "Parallelism of the main job from then on, 1 to 4. Default: ${DEFAULT-VALUE}.")
  private int parallelism = 2;

  @Mixin private ClusterPlace place;

  @Override
  public Integer call() throws Exception {
    ProcessCluster cluster = ProcessCluster.at(place.options().withParallelism(parallelism));
    new Phases(spec.commandLine().getErr())
        .run(
            "upgrading the main job",
            () -> {
              cluster.upgrade(parallelism);
              return cluster;
            });
    return 0;
  }
}

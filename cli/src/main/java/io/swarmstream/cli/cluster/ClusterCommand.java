package io.swarmstream.cli.cluster;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code swarm cluster}: lists what can be done with a cluster. */
@Command(
    name = "cluster",
    description = {
      "A swarm as processes of this machine, each as in production: ZooKeeper, a Kafka broker, an"
          + " Ethereum node, two JobManagers, two TaskManagers.",
      "",
      "They go on when this command ends. Its folder, .swarm/cluster, has their configuration,"
          + " logs and data."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ClusterUpCommand.class,
      ClusterDownCommand.class,
      ClusterStatusCommand.class,
      ClusterUpgradeCommand.class
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ClusterCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean help;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}

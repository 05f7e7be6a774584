package io.swarmstream.cli.cluster;

import io.swarmstream.cli.options.CommandGroup;
import picocli.CommandLine.Command;

/** {@code swarm cluster}: lists the commands for clusters. */
@Command(
    name = "cluster",
    description = {
      "A swarm as processes of this machine, each as in production: ZooKeeper, a Kafka broker, an"
          + " Ethereum node, two JobManagers, two TaskManagers.",
      "",
      "The processes keep running when this command ends. The folder .swarm/cluster has their "
          + "configuration, logs and data."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ClusterUpCommand.class,
      ClusterDownCommand.class,
      ClusterStatusCommand.class,
      ClusterUpgradeCommand.class
    })
public final class ClusterCommand extends CommandGroup {}

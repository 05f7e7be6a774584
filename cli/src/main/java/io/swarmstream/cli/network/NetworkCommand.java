package io.swarmstream.cli.network;

import io.swarmstream.cli.options.CommandGroup;
import picocli.CommandLine.Command;

/** {@code swarm network}: lists the commands for a swarm of several organisations. */
@Command(
    name = "network",
    description = {
      "A swarm of several organisations: runs this organisation's network node, invites others, and"
          + " says what they may do.",
      "",
      "Commands sign with the account in the node's folder, and reach the swarm through any network"
          + " node that answers."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      NetworkStartCommand.class,
      InviteCommand.class,
      MembersCommand.class,
      ApproveCommand.class,
      SuspendCommand.class,
      ResumeCommand.class,
      RemoveCommand.class,
      RolesCommand.class,
      NodesCommand.class,
      NetworkStatusCommand.class,
      AuditCommand.class,
      CertificateCommand.class,
      NetworkUpgradeCommand.class,
      NetworkLeaveCommand.class
    })
public final class NetworkCommand extends CommandGroup {}

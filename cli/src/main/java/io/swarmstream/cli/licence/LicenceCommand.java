package io.swarmstream.cli.licence;

import io.swarmstream.cli.options.CommandGroup;
import picocli.CommandLine.Command;

/** {@code swarm licence}: lists the commands for licences. */
@Command(
    name = "licence",
    description = {
      "Licences: who may run how many nodes of a study until when, for consortia that want to say "
          + "so. Nothing needs them; without a licence server nothing is limited."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      IssuerKeyCommand.class,
      IssueCommand.class,
      ShowLicenceCommand.class,
      ServeLicencesCommand.class,
      InstallLicenceCommand.class,
      LeasesCommand.class,
      RevokeLeaseCommand.class,
      ReadmitNodeCommand.class
    })
public final class LicenceCommand extends CommandGroup {}

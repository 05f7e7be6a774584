package io.swarmstream.cli.contract;

import io.swarmstream.cli.options.CommandGroup;
import picocli.CommandLine.Command;

/** {@code swarm contract}: lists the commands for training contracts. */
@Command(
    name = "contract",
    description = {
      "Training contracts: which model is trained, how it is merged, and who takes part.",
      "",
      "Terms on the chain never change. A contract may be a draft as well: its first"
          + " trainer brings the model's layout, and it can be reset."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CreateCommand.class,
      ListCommand.class,
      ShowCommand.class,
      EnrolCommand.class,
      ExportCommand.class,
      ResetCommand.class
    })
public final class ContractCommand extends CommandGroup {}

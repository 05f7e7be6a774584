package io.swarmstream.cli.experiments;

import io.swarmstream.cli.options.CommandGroup;
import picocli.CommandLine.Command;

/** {@code swarm experiments}: lists its commands. */
@Command(
    name = "experiments",
    description = {
      "Trainings, past and present: compares them, notes what they were, and exports their rounds.",
      "",
      "An experiment is one generation of a contract, and has the name that it has on the chain:"
          + " digits, and digits.2 after 'swarm contract reset digits'."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ExperimentListCommand.class,
      ExperimentShowCommand.class,
      ExperimentNoteCommand.class,
      ExperimentExportCommand.class,
      MlflowCommand.class
    })
public final class ExperimentsCommand extends CommandGroup {}

package io.swarmstream.lab.attack;

import io.swarmstream.cli.options.CommandGroup;
import io.swarmstream.lab.attack.leak.AttackDeltaCommand;
import io.swarmstream.lab.attack.suite.AttackMergeCommand;
import picocli.CommandLine.Command;

/** {@code swarm attack}: groups the attacks. Like chaos, it does harm and measures the damage. */
@Command(
    name = "attack",
    description = {
      "Attacks trainings that it plays in memory, without a swarm, and measures the damage.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {AttackMergeCommand.class, AttackDeltaCommand.class})
public final class AttackCommand extends CommandGroup {}

package io.swarmstream.lab.bench;

import io.swarmstream.cli.options.CommandGroup;
import io.swarmstream.lab.bench.idle.BenchIdleCommand;
import io.swarmstream.lab.bench.kernels.BenchKernelsCommand;
import picocli.CommandLine.Command;

/** {@code swarm bench}: groups the benchmark subcommands. */
@Command(
    name = "bench",
    description = {"Measures speed and memory on this machine.", ""},
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BenchRoundsCommand.class,
      BenchKernelsCommand.class,
      BenchPeersCommand.class,
      BenchIdleCommand.class
    })
public final class BenchCommand extends CommandGroup {}

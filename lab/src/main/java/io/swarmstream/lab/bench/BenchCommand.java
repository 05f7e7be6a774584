package io.swarmstream.lab.bench;

import io.swarmstream.lab.bench.kernels.BenchKernelsCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code swarm bench}: its sub commands measure. */
@Command(
    name = "bench",
    description = {"Measures speed and memory on this machine.", ""},
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {BenchRoundsCommand.class, BenchKernelsCommand.class, BenchPeersCommand.class})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class BenchCommand implements Runnable {
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

package io.swarmstream.cli.contract;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code swarm contract}: lists what can be done with training contracts. */
@Command(
    name = "contract",
    description = {
      "Training contracts: which model is trained, how it is merged, and who takes part.",
      "",
      "Terms on the chain never change. In a local swarm a contract may be a draft as well: its first"
          + " trainer brings the model's layout, and it can be reset."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CreateCommand.class,
      ListCommand.class,
      ShowCommand.class,
      ExportCommand.class,
      ResetCommand.class
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ContractCommand implements Runnable {
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

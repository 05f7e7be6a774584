package io.swarmstream.cli;

import io.swarmstream.cli.agent.AgentCommand;
import io.swarmstream.cli.cluster.ClusterCommand;
import io.swarmstream.cli.console.ConsoleCommand;
import io.swarmstream.cli.contract.ContractCommand;
import io.swarmstream.cli.experiments.ExperimentsCommand;
import io.swarmstream.cli.licence.LicenceCommand;
import io.swarmstream.cli.network.NetworkCommand;
import io.swarmstream.cli.options.CommandGroup;
import io.swarmstream.cli.shell.ShellCommand;
import io.swarmstream.cli.site.SiteCommand;
import io.swarmstream.cli.train.TrainCommand;
import io.swarmstream.cli.up.UpCommand;
import java.io.FileDescriptor;
import java.io.PrintWriter;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.RunLast;

/** The {@code swarm} command; without a subcommand it lists the subcommands. */
@Command(
    name = "swarm",
    description = "Trains one model across organisations that may not share their data.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      NetworkCommand.class,
      SiteCommand.class,
      ContractCommand.class,
      ExperimentsCommand.class,
      ShellCommand.class,
      ConsoleCommand.class,
      AgentCommand.class,
      ClusterCommand.class,
      TrainCommand.class,
      VerifyCommand.class,
      LicenceCommand.class
    })
public final class SwarmCommand extends CommandGroup {
  /** Runs one command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    PrintWriter out = Terminal.writer(FileDescriptor.out);
    PrintWriter err = Terminal.writer(FileDescriptor.err);
    // A library that prints must not corrupt output that a program reads.
    System.setOut(System.err);
    Terminal.exitWith(() -> execute(out, err, args));
  }

  /** Runs one command; returns 0, 1 if it failed, or 2 if the arguments were wrong. */
  public static int execute(PrintWriter out, PrintWriter err, String... args) {
    Failures failures = new Failures();
    return withAllCommands()
        .setOut(out)
        .setErr(err)
        .setExecutionStrategy(
            parsed -> {
              LogFile.openFor(parsed);
              return new RunLast().execute(parsed);
            })
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .execute(args);
  }

  /** The command, with the subcommands that other modules on the class path add. */
  public static CommandLine withAllCommands() {
    CommandLine swarm = new CommandLine(new SwarmCommand());
    for (Subcommands more : ServiceLoader.load(Subcommands.class)) {
      more.classes().forEach(swarm::addSubcommand);
    }
    return swarm;
  }
}

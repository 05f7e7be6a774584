package io.swarmstream.cli.agent;

import io.swarmstream.cli.options.SwarmFolders;
import io.swarmstream.tasks.agent.AgentHome;
import io.swarmstream.tasks.agent.OwnersDesk;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that all commands for a task agent share. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AgentPlace {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "The agent's folder, made by 'swarm site join'. Default: .swarm/agent.")
  private @Nullable Path folder;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  Path path() {
    return folder == null ? SwarmFolders.agent() : folder.toAbsolutePath();
  }

  AgentHome home() {
    return AgentHome.in(path());
  }

  OwnersDesk desk() {
    return new OwnersDesk(home());
  }

  ParameterException wrong(IllegalArgumentException e) {
    return new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
  }

  void say(String line) {
    command.commandLine().getOut().println(line);
    command.commandLine().getOut().flush();
  }

  void progress(String line) {
    command.commandLine().getErr().println(line);
  }
}

package io.swarmstream.cli.contract;

import io.swarmstream.cli.options.SwarmPlace;
import io.swarmstream.site.node.ContractOwner;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that every command about contracts has. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class Where {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Mixin private SwarmPlace place;

  @Option(names = "--json", description = "Print JSON and nothing else.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean help;

  SwarmPlace.Found find() throws IOException {
    try {
      return place.find();
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
  }

  /** Whoever may create contracts there; elsewhere than in a local swarm nobody may from here. */
  ContractOwner owner(SwarmPlace.Found swarm) {
    return swarm
        .owner()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no owner's key in "
                        + swarm.folder()
                        + ": this command creates contracts in local swarms only"));
  }

  ParameterException wrong(IllegalArgumentException e) {
    return new ParameterException(command.commandLine(), e.getMessage(), e);
  }

  boolean isJson() {
    return json;
  }
}

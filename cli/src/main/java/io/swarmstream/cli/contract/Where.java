package io.swarmstream.cli.contract;

import io.swarmstream.cli.options.SwarmPlace;
import io.swarmstream.contracts.ContractKeeper;
import io.swarmstream.contracts.Draft;
import io.swarmstream.schemas.ContractTerms;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that all commands for contracts share. */
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
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  SwarmPlace.Found find() throws IOException {
    try {
      return place.find();
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
  }

  /** Checks a contract's name before it is used in a lookup. */
  String checked(String name) {
    try {
      return ContractTerms.checkName(name);
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
  }

  /**
   * The owner who creates contracts in a swarm: of a local one, or the member whose folder it is.
   */
  ContractKeeper owner(SwarmPlace.Found swarm) {
    return swarm
        .owner()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "this command needs a local swarm, or the folder of a member: "
                        + swarm
                            .folder()
                            .map(folder -> "there is no account in " + folder)
                            .orElse(
                                "leave --kafka, --chain, --training-contracts and --round-anchors out, or have the"
                                    + " contract's owner do it where they lead")));
  }

  /** The draft of that name; a swarm found by its addresses has none, unless it has members. */
  Optional<Draft> draft(SwarmPlace.Found swarm, String name) throws IOException {
    return swarm.draft(name);
  }

  ParameterException wrong(IllegalArgumentException e) {
    return new ParameterException(command.commandLine(), e.getMessage(), e);
  }

  boolean isJson() {
    return json;
  }
}

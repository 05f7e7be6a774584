package io.swarmstream.cli.contract;

import io.swarmstream.cli.options.SwarmPlace;
import io.swarmstream.contracts.ContractKeeper;
import io.swarmstream.contracts.Draft;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code swarm contract reset}. */
@Command(
    name = "reset",
    description = {
      "Resets a draft: the next trainer that names it brings the layout and trains "
          + "from round 0.",
      "",
      "Terms and rounds on the chain never change. The name therefore stands for a new contract "
          + "there, NAME.2 and so on; the old contract remains. Open sessions continue with the old "
          + "one."
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ResetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Where where;

  @Parameters(paramLabel = "NAME", description = "Name of the draft.")
  private String name;

  @Override
  public Integer call() throws Exception {
    where.checked(name);
    SwarmPlace.Found swarm = where.find();
    ContractKeeper owner = where.owner(swarm);
    Draft draft =
        owner
            .draft(name)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        name
                            + " was not created as a draft of the swarm in "
                            + swarm.folder().orElseThrow()
                            + "; terms on the chain never change: create another contract"));
    Draft anew = owner.reset(draft);
    spec.commandLine()
        .getOut()
        .println(
            where.isJson()
                ? ContractView.json(ContractView.of(anew))
                : name + " is a draft again; on the chain it will be " + anew.contract() + ".");
    return 0;
  }
}

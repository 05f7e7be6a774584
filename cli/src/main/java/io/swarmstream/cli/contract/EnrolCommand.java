package io.swarmstream.cli.contract;

import io.swarmstream.cli.options.SwarmPlace;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.contracts.ContractKeeper;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code swarm contract enrol}. */
@Command(
    name = "enrol",
    description =
        "Lets a site that is a member of the swarm take part in another contract; for the contract's"
            + " owner and for admins. An invitation with --contract enrols by itself.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class EnrolCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "CONTRACT", description = "Name of the contract.")
  private String contract;

  @Parameters(index = "1", paramLabel = "NAME", description = "Name of the member.")
  private String name;

  @Option(
      names = "--weight",
      paramLabel = "W",
      description = "Greatest weight that the site may ask for. Default: ${DEFAULT-VALUE}.")
  private int weight = 1;

  @Mixin private Where where;

  @Override
  public Integer call() throws Exception {
    where.checked(contract);
    if (weight < 1) {
      throw where.wrong(new IllegalArgumentException("--weight must be at least 1, got " + weight));
    }
    SwarmPlace.Found swarm = where.find();
    ContractKeeper owner = where.owner(swarm);
    String onChain = swarm.draft(contract).map(draft -> draft.contract()).orElse(contract);
    Member site = member(swarm);
    try {
      owner.enrol(onChain, site.account(), name, weight);
    } catch (IllegalArgumentException e) {
      throw where.wrong(e);
    }
    spec.commandLine().getOut().println(name + " is enrolled in contract " + onChain + ".");
    return 0;
  }

  private Member member(SwarmPlace.Found swarm) {
    try (ChainClient chain = ChainClient.reading(swarm.chain())) {
      List<Member> sites =
          chain.members().all().stream().filter(member -> member.has(Role.SITE)).toList();
      return sites.stream()
          .filter(site -> site.name().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "there is no active site "
                          + name
                          + "; there are "
                          + sites.stream().map(Member::name).toList()));
    }
  }
}

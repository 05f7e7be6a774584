package io.swarmstream.cli.contract;

import io.swarmstream.cli.options.SwarmPlace;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.contracts.Draft;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code swarm contract list}. */
@Command(
    name = "list",
    description = "Lists the contracts of the chain, and the drafts.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Where where;

  @Override
  public Integer call() throws Exception {
    SwarmPlace.Found swarm = where.find();
    List<ContractView> all = new ArrayList<>();
    try (ChainClient chain = ChainClient.reading(swarm.chain())) {
      List<String> created = chain.registry().names();
      for (String name : created) {
        chain.registry().terms(name).ifPresent(terms -> all.add(ContractView.of(terms, chain)));
      }
      for (Draft draft : swarm.drafts()) {
        if (!created.contains(draft.contract())) {
          all.add(ContractView.of(draft));
        }
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (where.isJson()) {
      out.println(ContractView.json(all));
    } else {
      print(all, out);
    }
    return 0;
  }

  private static void print(List<ContractView> all, PrintWriter out) {
    out.printf(
        "%-32s %-8s %-16s %9s %14s  %s%n",
        "contract", "state", "method", "min peers", "parameters", "sites");
    for (ContractView contract : all) {
      List<ContractView.Site> sites = contract.sites();
      out.printf(
          Locale.ROOT,
          "%-32s %-8s %-16s %9s %14s  %s%n",
          contract.name(),
          contract.state(),
          contract.method() == null ? "–" : contract.method(),
          contract.minPeers() == null ? "–" : contract.minPeers(),
          contract.parameterCount() == null
              ? "–"
              : String.format(Locale.ROOT, "%,d", contract.parameterCount()),
          sites == null
              ? "–"
              : String.join(", ", sites.stream().map(ContractView.Site::name).toList()));
    }
  }
}

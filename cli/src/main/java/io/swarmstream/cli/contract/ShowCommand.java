package io.swarmstream.cli.contract;

import io.swarmstream.cli.options.SwarmPlace;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.contracts.Draft;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code swarm contract show}. */
@Command(
    name = "show",
    description = "Shows a contract's terms, its sites, and the model's layout.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Where where;

  @Parameters(paramLabel = "NAME", description = "Name of the contract.")
  private String name;

  @Override
  public Integer call() throws Exception {
    where.checked(name);
    SwarmPlace.Found swarm = where.find();
    Optional<Draft> draft = where.draft(swarm, name);
    String contract = draft.map(Draft::contract).orElse(name);
    ContractView view;
    try (ChainClient chain = ChainClient.reading(swarm.chain())) {
      view =
          chain
              .registry()
              .terms(contract)
              .map(terms -> ContractView.of(terms, chain))
              .or(() -> draft.map(ContractView::of))
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "there is no contract "
                              + name
                              + "; there are "
                              + chain.registry().names()
                              + ": name one of them"));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (where.isJson()) {
      out.println(ContractView.json(view));
    } else {
      print(view, out);
    }
    return 0;
  }

  private static void print(ContractView view, PrintWriter out) {
    line(out, "contract", view.name() + " (" + view.state() + ")");
    line(out, "merge method", view.method());
    line(out, "min peers", view.minPeers());
    line(out, "encoding", view.encoding());
    line(out, "payload hash", view.payloadHash());
    line(out, "optimizer", view.optimizer());
    line(out, "privacy", view.privacy());
    line(out, "grace period", view.gracePeriodMs() / 1000.0 + " s");
    line(out, "sync interval", interval(view.adaptiveInterval()));
    line(out, "share limit", usual(view.shareLimit()));
    line(out, "norm limit", usual(view.normLimit()));
    if (view.maxWeight() != null) {
      line(out, "max weight", view.maxWeight() + " of each site that enrols itself");
    }
    line(out, "parameters", view.parameterCount());
    line(out, "owner", view.owner());
    line(out, "rounds anchored", view.nextAnchor());
    line(out, "privacy loss", view.privacyLoss());
    List<ContractView.Site> sites = view.sites();
    if (sites != null) {
      sites.forEach(
          site ->
              line(
                  out,
                  "site",
                  site.name() + " " + site.address() + " max weight " + site.maxWeight()));
    }
    List<String> layout = view.layout();
    if (layout != null) {
      layout.forEach(tensor -> line(out, "tensor", tensor));
    } else if (view.layoutHash() != null) {
      line(out, "layout", "too long for the chain, hash " + view.layoutHash());
    }
  }

  private static String usual(@Nullable String limit) {
    return limit == null ? "what is usual for the merge method" : limit;
  }

  private static @Nullable String interval(@Nullable Integer adaptive) {
    if (adaptive == null) {
      return null;
    }
    return adaptive == 0
        ? "each trainer's own"
        : "adaptive, at first " + adaptive + " mini-batches";
  }

  private static void line(PrintWriter out, String what, @Nullable Object value) {
    out.printf("%-16s %s%n", what, value == null ? "the first trainer says it" : value);
  }
}

package io.swarmstream.cli.network;

import io.swarmstream.cli.options.JsonChoice;
import io.swarmstream.cli.options.TextTable;
import io.swarmstream.clients.network.NodeInfo;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code swarm network nodes}. */
@Command(
    name = "nodes",
    description =
        "Lists the programs of all members that were heard within a day: SN network nodes, SL site nodes, SWOP task agents.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class NodesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonChoice json;
  @Mixin private NetworkPlace place;

  @Override
  public Integer call() throws Exception {
    List<NodeInfo> nodes = place.api().nodes();
    PrintWriter out = spec.commandLine().getOut();
    if (json.isJson()) {
      out.println(JsonChoice.text(nodes));
      return 0;
    }
    TextTable table =
        new TextTable(
            "type", "member", "organisation", "alive", "last heard", "version", "address");
    for (NodeInfo node : nodes) {
      table.row(
          node.type(),
          node.member(),
          node.organisation(),
          node.alive() ? "yes" : "no",
          String.valueOf(node.lastHeard()),
          node.version(),
          node.address());
    }
    table.print(out);
    return 0;
  }
}

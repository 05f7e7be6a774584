package io.swarmstream.cli.network;

import io.swarmstream.cli.options.JsonChoice;
import io.swarmstream.clients.network.HealthInfo;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.clients.network.VersionInfo;
import io.swarmstream.network.folder.NodeSettings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code swarm network status}. */
@Command(
    name = "status",
    description =
        "Shows how the network node is, and what is wrong below it. Exits with 1 when something is.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class NetworkStatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonChoice json;
  @Mixin private NetworkPlace place;

  @Override
  public Integer call() throws Exception {
    NodeSettings settings = place.existing().requiredSettings();
    NetworkClient api = place.api();
    HealthInfo health = api.health();
    PrintWriter out = spec.commandLine().getOut();
    if (json.isJson()) {
      out.println(JsonChoice.text(health));
    } else {
      VersionInfo version = api.version();
      out.println("Network node of " + settings.organisation() + ": " + settings.url());
      out.println("state:        " + health.state());
      out.println("version:      " + version.version());
      out.println("chain:        block " + health.block() + " of " + version.network());
      out.println("certificate:  " + health.certificateDays() + " days left");
      Integer sealers = health.sealers();
      if (sealers != null) {
        out.println(
            "sealers:      " + sealers + "; the chain needs " + (sealers / 2 + 1) + " of them");
      }
      out.println("nodes:        " + String.join(", ", api.addresses().networkNodes()));
      health.problems().forEach(problem -> out.println("problem:      " + problem));
    }
    return health.problems().isEmpty() ? 0 : 1;
  }
}

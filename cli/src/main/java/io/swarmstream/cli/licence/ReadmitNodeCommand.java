package io.swarmstream.cli.licence;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code swarm licence readmit}. */
@Command(
    name = "readmit",
    description = "Lets the node of a revoked lease take leases again.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReadmitNodeCommand extends LicenceAction {
  @Parameters(paramLabel = "LEASE", description = "Its id, as 'swarm licence leases' lists it.")
  private String lease;

  @Mixin private LicenceServers servers;

  @Override
  void act(PrintWriter out) {
    servers.client().readmit(lease);
    out.println("Its node takes leases again.");
  }
}

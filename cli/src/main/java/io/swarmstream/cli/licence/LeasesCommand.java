package io.swarmstream.cli.licence;

import io.swarmstream.licence.LicenceClient;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code swarm licence leases}. */
@Command(
    name = "leases",
    description = "Lists which nodes have a lease, and which were revoked.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LeasesCommand extends LicenceAction {
  @Mixin private LicenceServers servers;

  @Override
  void act(PrintWriter out) {
    LicenceClient client = servers.client();
    client
        .leases()
        .forEach(
            lease ->
                out.printf(
                    "%s  %s %s %s, since %s, until %s%n",
                    lease.id(),
                    lease.organisation(),
                    lease.feature(),
                    lease.nodeId(),
                    lease.since(),
                    lease.expires()));
    client
        .revocations()
        .forEach(
            gone ->
                out.printf(
                    "%s  %s %s %s, revoked at %s%n",
                    gone.id(), gone.organisation(), gone.feature(), gone.nodeId(), gone.at()));
  }
}

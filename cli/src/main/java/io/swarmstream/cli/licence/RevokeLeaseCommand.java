package io.swarmstream.cli.licence;

import io.swarmstream.licence.Revocation;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code swarm licence revoke}. */
@Command(
    name = "revoke",
    description = {
      "Ends a lease. Its node begins no new training from its next renewal on, which is within "
          + "three minutes, and gets no other lease until it is readmitted."
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RevokeLeaseCommand extends LicenceAction {
  @Parameters(paramLabel = "LEASE", description = "Its id, as 'swarm licence leases' lists it.")
  private String lease;

  @Mixin private LicenceServers servers;

  @Override
  void act(PrintWriter out) {
    Revocation gone = servers.client().revoke(lease);
    out.println(
        gone.nodeId() + " of " + gone.organisation() + " gets no lease until it is readmitted.");
  }
}

package io.swarmstream.cli.site;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.site.node.join.Approval;
import io.swarmstream.site.node.join.SiteFolder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code swarm site leave}. */
@Command(
    name = "leave",
    description =
        "Ends the site's membership. Another invitation, and another folder, are needed to come back.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SiteLeaveCommand implements Callable<Integer> {
  @Mixin private MemberPlace place;

  @Override
  public Integer call() throws Exception {
    SiteFolder folder = place.existing();
    String name = folder.requiredSettings().name();
    try (ChainClient chain =
        ChainClient.signing(
            folder.requiredSettings().chainOptions(folder.identity().path()), folder.account())) {
      var unused = chain.membership().resign();
    } catch (ChainException e) {
      // Who is no member any more may not ask whether it has worked.
      if (Approval.isKnown(folder.network())) {
        throw e;
      }
    }
    place.say(
        name + " has left the swarm. Stop its node; nothing in the folder is needed any more.");
    return 0;
  }
}

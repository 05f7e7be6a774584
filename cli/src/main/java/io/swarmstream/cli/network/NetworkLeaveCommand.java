package io.swarmstream.cli.network;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.chain.MemberAct;
import io.swarmstream.site.node.join.Approval;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code swarm network leave}. */
@Command(
    name = "leave",
    description =
        "Ends this member's membership. Another invitation is needed to come back. The swarm keeps its last admin.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class NetworkLeaveCommand implements Callable<Integer> {
  @Mixin private NetworkPlace place;

  @Override
  public Integer call() throws Exception {
    String name = place.existing().requiredSettings().name();
    String left =
        name + " has left the swarm; stop its network node, and keep the folder or delete it.";
    try (ChainClient chain = place.signing()) {
      place.say(chain.membership().resign(), left);
    } catch (ChainException e) {
      // Who is no member any more may not ask whether it has worked.
      if (Approval.isKnown(place.api())) {
        throw e;
      }
      place.say(new MemberAct("", 1, 1), left);
    }
    return 0;
  }
}

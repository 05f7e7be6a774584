package io.swarmstream.shell.instructions.context;

import io.swarmstream.clients.network.VersionInfo;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;

/** Asks the context's network node for its version. */
public final class GetContextVersion implements Instruction {
  @Override
  public About about() {
    return About.of(
        "GET CONTEXT VERSION",
        "Asks the network node of the present context for its version.",
        "GET CONTEXT VERSION");
  }

  @Override
  public Object run(ShellCall call) {
    VersionInfo version = call.swarm().version();
    call.say("API SERVER VERSION", version.version());
    call.say("PRODUCT", version.product());
    call.say("NETWORK", version.network());
    return version;
  }
}

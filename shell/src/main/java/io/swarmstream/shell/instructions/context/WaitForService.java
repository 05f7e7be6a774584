package io.swarmstream.shell.instructions.context;

import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;

/** Waits for a network node by the name of its service. */
public final class WaitForService implements Instruction {
  @Override
  public About about() {
    return About.of(
        "WAIT FOR SERVICE <service> [ <retries> ]",
        "Waits until the network node behind a proxy answers; its port is 443 if none is said.",
        "WAIT FOR SERVICE api.sn1.example:443 12");
  }

  @Override
  public Object run(ShellCall call) throws InterruptedException {
    ServicePlace place = ServicePlace.parse(call.text("service"));
    return NodeWait.await(
        call,
        call.session().url(place.host(), place.port()),
        call.values().number("retries", NodeWait.RETRIES));
  }
}

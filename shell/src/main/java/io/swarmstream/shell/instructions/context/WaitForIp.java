package io.swarmstream.shell.instructions.context;

import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;

/** Waits for a network node by its address. */
public final class WaitForIp implements Instruction {
  @Override
  public About about() {
    return About.of(
        "WAIT FOR IP <host> [ <port> [ <retries> ] ]",
        "Waits until the network node answers: tries every 5 s, 360 times if nothing else is said.",
        "WAIT FOR IP sn1",
        "WAIT FOR IP 127.0.0.1 30304 12");
  }

  @Override
  public Object run(ShellCall call) throws InterruptedException {
    return NodeWait.await(
        call,
        call.session().url(call.text("host"), call.values().number("port", ServicePlace.API_PORT)),
        call.values().number("retries", NodeWait.RETRIES));
  }
}

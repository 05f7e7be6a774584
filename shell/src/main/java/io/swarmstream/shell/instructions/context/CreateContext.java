package io.swarmstream.shell.instructions.context;

import io.swarmstream.shell.context.ShellContext;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import java.net.URI;
import java.util.Map;

/** Names a network node to go through. */
public final class CreateContext implements Instruction {
  @Override
  public About about() {
    return About.of(
        "CREATE CONTEXT <context> WITH ( IP <host> [ <port> ] | SERVICE <service> )",
        "Names a network node to go through. It has to be up, and of this member's swarm. A context"
            + " of the same name gets the new address and keeps its environment.",
        "CREATE CONTEXT training WITH IP sn1",
        "CREATE CONTEXT training WITH IP 127.0.0.1 30304",
        "CREATE CONTEXT training WITH SERVICE api.sn1.example:443");
  }

  @Override
  public Object run(ShellCall call) {
    String name = call.text("context");
    if (!name.matches("[\\w.-]{1,64}")) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is no name of a context: write 1 to 64 letters, digits, _, . and -");
    }
    ServicePlace place =
        call.values().has("SERVICE")
            ? ServicePlace.parse(call.text("service"))
            : new ServicePlace(
                call.text("host"), call.values().number("port", ServicePlace.API_PORT));
    URI node = call.session().url(place.host(), place.port());
    var unused = NodeProbe.ask(call, node);
    call.say(NodeProbe.UP);
    ShellContext context =
        call.session()
            .contexts()
            .find(name)
            .orElseGet(() -> new ShellContext(name, "", 0, false, Map.of()))
            .at(place.host(), place.port(), call.values().has("SERVICE"));
    call.session().contexts().put(context);
    call.say("CONTEXT CREATED", name);
    return context;
  }
}

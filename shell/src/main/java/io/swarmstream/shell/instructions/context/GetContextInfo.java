package io.swarmstream.shell.instructions.context;

import io.swarmstream.shell.context.ShellContext;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;

/** Says where a context leads. */
public final class GetContextInfo implements Instruction {
  @Override
  public About about() {
    return About.of(
        "GET CONTEXT INFO [ <context> ]",
        "Says where a context leads; without a name, the present one.",
        "GET CONTEXT INFO",
        "GET CONTEXT INFO training");
  }

  @Override
  public Object run(ShellCall call) {
    ShellContext context = call.context();
    call.say("CONTEXT NAME", context.name());
    call.say(context.isService() ? "SERVICE" : "API SERVER IP", context.host());
    call.say("API SERVER PORT", context.port());
    call.say("API SERVER URL", call.session().url(context));
    call.say("IS DEFAULT", context.name().equals(call.session().context().name()));
    return context;
  }
}

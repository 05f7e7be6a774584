package io.swarmstream.shell.instructions.context;

import io.swarmstream.shell.context.ShellContext;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;

/** Makes a context the one that commands go through. */
public final class SwitchContext implements Instruction {
  @Override
  public About about() {
    return About.of(
        "SWITCH CONTEXT <context>",
        "Makes a context the one that commands go through, also in later shells.",
        "SWITCH CONTEXT training");
  }

  @Override
  public Object run(ShellCall call) {
    ShellContext context = call.session().contexts().named(call.text("context"));
    call.session().switchTo(context);
    call.say("DEFAULT CONTEXT SET TO", context.name());
    return context;
  }
}

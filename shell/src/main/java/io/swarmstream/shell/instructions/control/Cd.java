package io.swarmstream.shell.instructions.control;

import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import io.swarmstream.shell.session.Workplace;
import java.io.IOException;

/** Enters a folder. */
public final class Cd implements Instruction {
  @Override
  public About about() {
    return About.of(
        "CD <folder>",
        "Enters a folder; /platform/swarm/usr is the one that --usr-dir names.",
        "cd /platform/swarm/usr");
  }

  @Override
  public Object run(ShellCall call) throws IOException {
    Workplace workplace = call.session().workplace();
    workplace.enter(call.text("folder"));
    call.say(workplace.shown());
    return workplace.shown();
  }
}

package io.swarmstream.shell.instructions.control;

import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;

/** Says which folder the session is in. */
public final class Pwd implements Instruction {
  @Override
  public About about() {
    return About.of("PWD", "Says which folder this is.", "pwd");
  }

  @Override
  public Object run(ShellCall call) {
    String folder = call.session().workplace().shown();
    call.say(folder);
    return folder;
  }
}

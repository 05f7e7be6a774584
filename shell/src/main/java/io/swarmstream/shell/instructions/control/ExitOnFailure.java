package io.swarmstream.shell.instructions.control;

import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import org.jspecify.annotations.Nullable;

/** Decides whether the first command that fails ends the session. */
public final class ExitOnFailure implements Instruction {
  @Override
  public About about() {
    return About.of(
        "EXIT ON FAILURE [ ON | OFF ]",
        "Makes the first command that fails end the shell, with exit code 1. It is off at first.",
        "EXIT ON FAILURE",
        "EXIT ON FAILURE OFF");
  }

  @Override
  public @Nullable Object run(ShellCall call) {
    call.session().setExitsOnFailure(!call.values().has("OFF"));
    return null;
  }
}

package io.swarmstream.shell.instructions.control;

import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import org.jspecify.annotations.Nullable;

/** Ends the session. */
public final class Exit implements Instruction {
  @Override
  public About about() {
    return About.of(
        "EXIT", "Ends the shell. A script that ends without it goes on at the terminal.", "EXIT");
  }

  @Override
  public @Nullable Object run(ShellCall call) {
    call.session().end();
    return null;
  }
}

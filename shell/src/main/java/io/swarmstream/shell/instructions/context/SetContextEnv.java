package io.swarmstream.shell.instructions.context;

import io.swarmstream.shell.context.ShellContext;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;

/** Sets a variable of a context. */
public final class SetContextEnv implements Instruction {
  @Override
  public About about() {
    return About.of(
        "SET CONTEXT ENV [ <context> ] <env> <value>",
        "Sets a variable of a context; without a name, of the present one. WAIT FOR TASKRUNNER"
            + " reads SWCI_RUN_TASK_MAX_WAIT_TIME and SWCI_GENERIC_TASK_MAX_WAIT_TIME, in minutes.",
        "SET CONTEXT ENV training SWCI_RUN_TASK_MAX_WAIT_TIME 240");
  }

  @Override
  public Object run(ShellCall call) {
    if (!call.text("env").matches("[A-Za-z_][A-Za-z0-9_]{0,99}")) {
      throw new IllegalArgumentException(
          call.text("env") + " is no name of a variable: write letters, digits and _");
    }
    ShellContext context = call.context().with(call.text("env"), call.text("value"));
    call.session().contexts().put(context);
    call.say(call.text("env"), call.text("value"));
    return context;
  }
}

package io.swarmstream.shell.instructions.taskrunner;

import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;

/** Makes a taskrunner idle. */
public final class ResetTaskrunner implements Instruction {
  @Override
  public About about() {
    return About.of(
        "RESET TASKRUNNER <taskrunner>",
        "Makes a taskrunner idle. Agents stop what they run for it, and remove it.",
        "RESET TASKRUNNER defaulttaskbb.taskdb.sml.hpe");
  }

  @Override
  public Object run(ShellCall call) {
    String name = Taskrunners.named(call).name();
    call.tasks().reset(name);
    call.say("TASKRUNNER RESET", name);
    return call.tasks().taskrunner(name).orElseThrow();
  }
}

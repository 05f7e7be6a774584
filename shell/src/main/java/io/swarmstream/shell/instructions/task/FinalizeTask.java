package io.swarmstream.shell.instructions.task;

import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;

/** Freezes a task. */
public final class FinalizeTask implements Instruction {
  @Override
  public About about() {
    return About.of(
        "FINALIZE TASK <task>",
        "Freezes a task: it can be assigned from now on, and never be changed.",
        "FINALIZE TASK fetch-image");
  }

  @Override
  public Object run(ShellCall call) {
    String name = Tasks.named(call).name();
    call.tasks().finalise(name);
    call.say("Task Finalized", name);
    return call.tasks().task(name).orElseThrow();
  }
}

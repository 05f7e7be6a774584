package io.swarmstream.shell.instructions.taskrunner;

import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;

/** Makes a taskrunner. */
public final class CreateTaskrunner implements Instruction {
  @Override
  public About about() {
    return About.of(
        "CREATE TASKRUNNER <taskrunner>",
        "Makes a taskrunner: agents whose profile names it run the tasks that are assigned to it.",
        "CREATE TASKRUNNER night-shift");
  }

  @Override
  public Object run(ShellCall call) {
    String name = call.text("taskrunner");
    if (call.tasks().taskrunner(name).isPresent()) {
      throw new IllegalArgumentException(
          "there is a taskrunner " + name + " already; choose another name");
    }
    call.tasks().createTaskrunner(name);
    call.say("TASKRUNNER CREATED", name);
    return call.tasks().taskrunner(name).orElseThrow();
  }
}

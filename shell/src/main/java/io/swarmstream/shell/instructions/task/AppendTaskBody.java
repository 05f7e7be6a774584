package io.swarmstream.shell.instructions.task;

import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import java.util.List;

/** Writes one line of a body. */
public final class AppendTaskBody implements Instruction {
  @Override
  public About about() {
    return About.of(
        "APPEND TASK BODY <task> <number> <line>",
        "Adds a line to the body of a task that is not final, or writes over one. Lines count from"
            + " 1. The line begins after one blank; quotes around all of it are taken off.",
        "APPEND TASK BODY fetch-image 1 OrgAndReg: example.org/team",
        "APPEND TASK BODY fetch-image 2 '  - indented'");
  }

  @Override
  public Object run(ShellCall call) {
    String task = Tasks.named(call).name();
    int number = call.values().number("number", 1);
    BodyBatch.write(call, task, number, List.of(call.text("line")));
    return call.tasks().task(task).orElseThrow();
  }
}

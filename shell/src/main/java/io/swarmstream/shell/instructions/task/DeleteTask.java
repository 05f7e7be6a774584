package io.swarmstream.shell.instructions.task;

import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import java.util.Map;

/** Removes a task that is not final. */
public final class DeleteTask implements Instruction {
  @Override
  public About about() {
    return About.of(
        "DELETE TASK <task>",
        "Removes a task that is not final; its name becomes free.",
        "DELETE TASK fetch-image");
  }

  @Override
  public Object run(ShellCall call) {
    String name = Tasks.named(call).name();
    call.tasks().delete(name);
    call.say("Task Deleted", name);
    return Map.of("deleted", name);
  }
}

package io.swarmstream.shell.instructions.task;

import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import java.util.List;
import java.util.Locale;

/** Says the lines of a task's body. */
public final class GetTaskBody implements Instruction {
  @Override
  public About about() {
    return About.of(
        "GET TASK BODY <task>",
        "Says the lines of a body, numbered from 0000. The body of a final task is checked against"
            + " its hash on the chain.",
        "GET TASK BODY fetch-image");
  }

  @Override
  public Object run(ShellCall call) {
    List<String> lines = call.tasks().body(Tasks.named(call).name());
    for (int i = 0; i < lines.size(); i++) {
      call.say(String.format(Locale.ROOT, "%04d: %s", i, lines.get(i)));
    }
    return lines;
  }
}

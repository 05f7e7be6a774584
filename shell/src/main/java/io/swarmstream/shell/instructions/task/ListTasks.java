package io.swarmstream.shell.instructions.task;

import io.swarmstream.clients.chain.tasks.Task;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Columns;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import java.util.List;

/** Lists the tasks. */
public final class ListTasks implements Instruction {
  @Override
  public About about() {
    return About.of(
        "LIST TASKS",
        "Lists the tasks in the order of their creation: name, type, author, final or not.",
        "LIST TASKS");
  }

  @Override
  public Object run(ShellCall call) {
    List<Task> tasks = call.tasks().tasks();
    Columns columns = new Columns();
    tasks.forEach(
        task ->
            columns.row(
                task.name(),
                task.type().name(),
                task.author(),
                task.isFinalised() ? "FINALIZED" : "OPEN"));
    columns.say(call.out());
    return tasks;
  }
}

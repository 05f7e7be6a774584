package io.swarmstream.shell.instructions.task;

import io.swarmstream.clients.chain.tasks.NewTask;
import io.swarmstream.clients.chain.tasks.TaskType;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;

/** Registers a task line by line. */
public final class CreateTask implements Instruction {
  @Override
  public About about() {
    return About.of(
        "CREATE TASK <type> <name> <author> <prerequisite> <outcome>",
        "Registers a task with an empty body; APPEND TASK BODY fills it. The prerequisite is a final"
            + " task, ROOTTASK if there is none.",
        "CREATE TASK PULL_IMAGE fetch-image alice ROOTTASK user-image");
  }

  @Override
  public Object run(ShellCall call) {
    NewTask task =
        new NewTask(
            call.text("name"),
            TaskType.named(call.text("type")),
            call.text("author"),
            call.text("prerequisite"),
            call.text("outcome"));
    Tasks.checkFree(call, task.name());
    call.tasks().create(task);
    call.say("Task Registered", task.name());
    return call.tasks().task(task.name()).orElseThrow();
  }
}

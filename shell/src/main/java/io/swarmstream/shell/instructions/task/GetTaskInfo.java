package io.swarmstream.shell.instructions.task;

import io.swarmstream.clients.chain.tasks.Task;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import io.swarmstream.shell.swarm.MemberNames;

/** Says what a task is. */
public final class GetTaskInfo implements Instruction {
  @Override
  public About about() {
    return About.of(
        "GET TASK INFO <task>",
        "Says what a task is, who wrote it, and who signed it.",
        "GET TASK INFO fetch-image");
  }

  @Override
  public Object run(ShellCall call) {
    Task task = Tasks.named(call);
    call.say("NAME", task.name());
    call.say("TASKTYPE", task.type());
    call.say("AUTHOR", task.author());
    call.say("PREREQ", task.prerequisite());
    call.say("OUTCOME", task.outcome());
    call.say("FINALIZED", task.isFinalised());
    call.say("BODY LINES", task.bodyLines());
    call.say("BODY HASH", task.bodyHash());
    call.say("CREATED BY", MemberNames.of(call.swarm()).name(task.account()));
    call.say("CREATED AT", task.createdAt());
    return task;
  }
}

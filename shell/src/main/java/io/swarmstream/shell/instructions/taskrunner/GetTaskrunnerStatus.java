package io.swarmstream.shell.instructions.taskrunner;

import io.swarmstream.clients.chain.tasks.Assignment;
import io.swarmstream.clients.chain.tasks.Taskrunner;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import io.swarmstream.shell.swarm.MemberNames;

/** Says how far a taskrunner is. */
public final class GetTaskrunnerStatus implements Instruction {
  @Override
  public About about() {
    return About.of(
        "GET TASKRUNNER STATUS <taskrunner>",
        "Says which task a taskrunner has, its state (IDLE, RUNNING, COMPLETE, ERROR), and how many"
            + " peers are where.",
        "GET TASKRUNNER STATUS defaulttaskbb.taskdb.sml.hpe");
  }

  @Override
  public Object run(ShellCall call) {
    Taskrunner taskrunner = Taskrunners.named(call);
    call.say("TASKRUNNER NAME", taskrunner.name());
    call.say("TASK NAME", taskrunner.assignment().map(Assignment::task).orElse("Empty"));
    taskrunner
        .assignment()
        .ifPresent(
            assigned -> {
              call.say("PEER TYPE", assigned.type().countsSites() ? "SL" : "SWOP");
              call.say("RUN", assigned.run());
              call.say("REQUIRED PEERS", assigned.required());
              call.say("ASSIGNED BY", MemberNames.of(call.swarm()).name(assigned.assignedBy()));
              call.say("ASSIGNED AT", assigned.assignedAt());
            });
    call.say("TASK_STATE", taskrunner.state());
    call.say("ENROLLED PEERS", taskrunner.enrolled());
    call.say("ACTIVE PEERS", taskrunner.active());
    call.say("COMPLETED PEERS", taskrunner.completed());
    call.say("FAILED PEERS", taskrunner.failed());
    call.say("CHANGED AT", taskrunner.changedAt());
    return taskrunner;
  }
}

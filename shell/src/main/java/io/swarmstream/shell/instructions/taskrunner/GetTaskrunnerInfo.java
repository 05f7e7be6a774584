package io.swarmstream.shell.instructions.taskrunner;

import io.swarmstream.clients.chain.tasks.RegisteredAgent;
import io.swarmstream.clients.chain.tasks.Taskrunner;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import io.swarmstream.shell.swarm.MemberNames;
import java.util.List;

/** Says which agents serve a taskrunner. */
public final class GetTaskrunnerInfo implements Instruction {
  @Override
  public About about() {
    return About.of(
        "GET TASKRUNNER INFO <taskrunner>",
        "Says which agents serve a taskrunner, and how many sites each can run.",
        "GET TASKRUNNER INFO defaulttaskbb.taskdb.sml.hpe");
  }

  @Override
  public Object run(ShellCall call) {
    Taskrunner taskrunner = Taskrunners.named(call);
    List<RegisteredAgent> agents = call.tasks().registered(taskrunner.name());
    MemberNames names = MemberNames.of(call.swarm());
    call.say("TASKRUNNER NAME", taskrunner.name());
    call.say("TASK_STATE", taskrunner.state());
    call.say("REGISTERED SWOPS", agents.size());
    agents.forEach(
        agent ->
            call.say(
                "  SWOP UID : " + names.name(agent.account()) + " , SITES : " + agent.sites()));
    return agents;
  }
}

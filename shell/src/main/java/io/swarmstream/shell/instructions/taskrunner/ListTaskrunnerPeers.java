package io.swarmstream.shell.instructions.taskrunner;

import io.swarmstream.clients.chain.tasks.AgentRun;
import io.swarmstream.clients.chain.tasks.Taskrunner;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import io.swarmstream.shell.swarm.MemberNames;
import java.util.List;

/** Lists the agents that take part in a run. */
public final class ListTaskrunnerPeers implements Instruction {
  @Override
  public About about() {
    return About.of(
        "LIST TASKRUNNER PEERS <taskrunner>",
        "Lists the agents that have enrolled in the present run, by the index that GET TASKRUNNER"
            + " PEER STATUS takes.",
        "LIST TASKRUNNER PEERS defaulttaskbb.taskdb.sml.hpe");
  }

  @Override
  public Object run(ShellCall call) {
    Taskrunner taskrunner = Taskrunners.named(call);
    List<AgentRun> agents = call.tasks().agents(taskrunner.name());
    MemberNames names = MemberNames.of(call.swarm());
    for (int i = 0; i < agents.size(); i++) {
      call.say(i + " : " + names.name(agents.get(i).account()));
    }
    if (agents.isEmpty()) {
      call.say(
          "No agent has enrolled yet; " + taskrunner.name() + " is " + taskrunner.state() + ".");
    }
    return agents;
  }
}

package io.swarmstream.shell.instructions.taskrunner;

import io.swarmstream.clients.chain.tasks.AgentRun;
import io.swarmstream.clients.chain.tasks.Assignment;
import io.swarmstream.clients.chain.tasks.PeerReport;
import io.swarmstream.clients.chain.tasks.Taskrunner;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import io.swarmstream.shell.swarm.MemberNames;

/** Says how far one agent is. */
public final class GetTaskrunnerPeerStatus implements Instruction {
  @Override
  public About about() {
    return About.of(
        "GET TASKRUNNER PEER STATUS <taskrunner> <peer>",
        "Says how far an agent is: its own state, or that of each of its sites in a RUN_SWARM task."
            + " The peer is an index from 0, or the agent's UID.",
        "GET TASKRUNNER PEER STATUS defaulttaskbb.taskdb.sml.hpe 0");
  }

  @Override
  public Object run(ShellCall call) {
    Taskrunner taskrunner = Taskrunners.named(call);
    AgentRun agent = RunPeers.of(call, call.tasks().agents(taskrunner.name()), call.text("peer"));
    boolean isOfSites =
        taskrunner
            .assignment()
            .map(Assignment::type)
            .filter(type -> type.countsSites())
            .isPresent();
    call.say("SWOP UID", MemberNames.of(call.swarm()).name(agent.account()));
    if (isOfSites) {
      call.say("NUMBER OF SLS", agent.peers().size());
    }
    for (AgentRun.Reported each : agent.peers()) {
      PeerReport report = each.report();
      call.say(isOfSites ? "SL UID" : "UID", report.uid());
      call.say("  STATUS", report.state());
      call.say("  DESCRIPTION", report.description());
    }
    return agent;
  }
}

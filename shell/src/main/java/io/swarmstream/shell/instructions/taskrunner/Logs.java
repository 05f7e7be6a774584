package io.swarmstream.shell.instructions.taskrunner;

import io.swarmstream.clients.chain.tasks.AgentRun;
import io.swarmstream.clients.chain.tasks.Taskrunner;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import io.swarmstream.shell.swarm.MemberNames;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Says what agents have reported. */
public final class Logs implements Instruction {
  /** What a peer said, and when. */
  public record Said(String at, String agent, String uid, String state, String description) {}

  @Override
  public About about() {
    return About.of(
        "LOGS <taskrunner> [ <peer> ]",
        "Says what each peer of the present run has reported last, in the order of the reports; of"
            + " one agent if it is named.",
        "LOGS defaulttaskbb.taskdb.sml.hpe",
        "LOGS defaulttaskbb.taskdb.sml.hpe host-1");
  }

  @Override
  public Object run(ShellCall call) {
    Taskrunner taskrunner = Taskrunners.named(call);
    List<AgentRun> agents = call.tasks().agents(taskrunner.name());
    List<AgentRun> wanted =
        call.values()
            .find("peer")
            .map(peer -> List.of(RunPeers.of(call, agents, peer)))
            .orElse(agents);
    MemberNames names = MemberNames.of(call.swarm());
    List<Said> said =
        wanted.stream()
            .flatMap(agent -> of(agent, names))
            .sorted(Comparator.comparing(Said::at))
            .toList();
    said.forEach(
        each ->
            call.say(
                each.at()
                    + " "
                    + each.agent()
                    + (each.uid().isEmpty() || each.uid().equals(each.agent())
                        ? ""
                        : " " + each.uid())
                    + " "
                    + each.state()
                    + " "
                    + each.description()));
    if (said.isEmpty()) {
      call.say("No agent has reported; " + taskrunner.name() + " is " + taskrunner.state() + ".");
    }
    return said;
  }

  private static Stream<Said> of(AgentRun agent, MemberNames names) {
    return agent.peers().stream()
        .map(
            each ->
                new Said(
                    each.at().toString(),
                    names.name(agent.account()),
                    each.report().uid(),
                    each.report().state().name(),
                    each.report().description()));
  }
}

package io.swarmstream.shell.instructions.taskrunner;

import io.swarmstream.clients.chain.tasks.AgentRun;
import io.swarmstream.shell.session.ShellCall;
import io.swarmstream.shell.session.UnknownNameException;
import io.swarmstream.shell.swarm.MemberNames;
import java.util.List;
import java.util.Optional;

/** Finds agents of a run by index or name. */
final class RunPeers {
  private RunPeers() {}

  /**
   * The agent.
   *
   * @param peer index from 0, or the agent's UID: the name of its member, or its account
   * @throws UnknownNameException when it is none; says which there are
   */
  static AgentRun of(ShellCall call, List<AgentRun> agents, String peer) {
    MemberNames names = MemberNames.of(call.swarm());
    Optional<AgentRun> byUid =
        agents.stream()
            .filter(
                agent ->
                    agent.account().equalsIgnoreCase(peer)
                        || names.name(agent.account()).equals(peer))
            .findFirst();
    if (byUid.isPresent()) {
      return byUid.get();
    }
    if (peer.matches("\\d{1,6}") && Integer.parseInt(peer) < agents.size()) {
      return agents.get(Integer.parseInt(peer));
    }
    throw new UnknownNameException(
        "there is no peer "
            + peer
            + " in this run; "
            + (agents.isEmpty()
                ? "no agent has enrolled yet"
                : "there are 0 to "
                    + (agents.size() - 1)
                    + ": "
                    + String.join(
                        ", ", agents.stream().map(each -> names.name(each.account())).toList())));
  }
}

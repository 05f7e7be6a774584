package io.swarmstream.shell.instructions.taskrunner;

import io.swarmstream.clients.chain.tasks.AgentRun;
import io.swarmstream.clients.chain.tasks.Assignment;
import io.swarmstream.clients.chain.tasks.PeerReport;
import io.swarmstream.clients.chain.tasks.PeerState;
import io.swarmstream.clients.chain.tasks.Taskrunner;
import io.swarmstream.shell.session.ShellCall;
import io.swarmstream.shell.swarm.MemberNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows a run: says what has changed since the last look. */
final class RunWatch {
  private final ShellCall call;
  private final String taskrunner;
  private final Map<String, String> said = new HashMap<>();
  private final MemberNames names;
  private List<AgentRun> agents = List.of();

  RunWatch(ShellCall call, String taskrunner) {
    this.call = call;
    this.taskrunner = taskrunner;
    this.names = MemberNames.of(call.swarm());
  }

  /** Asks for the peers, and says which have changed. */
  void look(Taskrunner now) {
    agents = call.tasks().agents(taskrunner);
    String counts =
        "# "
            + now.completed()
            + " of "
            + now.assignment().map(Assignment::required).orElse(0)
            + " peers completed, "
            + now.active()
            + " active, "
            + now.failed()
            + " failed";
    if (agents.isEmpty() && now.assignment().isPresent()) {
      counts += "; no agent has enrolled yet";
    }
    sayOnce("", counts);
    for (AgentRun agent : agents) {
      for (AgentRun.Reported each : agent.peers()) {
        PeerReport report = each.report();
        String who = who(agent, report);
        sayOnce(
            agent.account() + " " + report.index() + " " + agent.attempt(),
            "# "
                + who
                + " : "
                + report.state()
                + (report.description().isEmpty() ? "" : " : " + report.description()));
      }
    }
  }

  private void sayOnce(String about, String line) {
    if (!line.equals(said.put(about, line))) {
      call.say(line);
    }
  }

  private String who(AgentRun agent, PeerReport report) {
    String name = names.name(agent.account());
    // An agent that has not reported yet has not named its peers.
    return report.uid().isEmpty() || report.uid().equals(name) ? name : name + " " + report.uid();
  }

  /** Whom a run waits for. */
  String open(Taskrunner now) {
    List<String> active = those(PeerState.WAITING, PeerState.RUNNING);
    return taskrunner
        + " has not completed: "
        + now.completed()
        + " of "
        + now.assignment().map(Assignment::required).orElse(0)
        + " peers have; "
        + (active.isEmpty()
            ? "no other has enrolled"
            : "still active are " + String.join(", ", active));
  }

  /** What failed first. */
  String failed(Taskrunner now) {
    Optional<String> first = those(PeerState.ERROR).stream().findFirst();
    return "task "
        + now.assignment().map(Assignment::task).orElse("")
        + " failed at "
        + now.failed()
        + " peers"
        + first.map(peer -> ": " + peer).orElse("");
  }

  private List<String> those(PeerState... states) {
    List<String> found = new ArrayList<>();
    for (AgentRun agent : agents) {
      for (AgentRun.Reported each : agent.peers()) {
        if (List.of(states).contains(each.report().state())) {
          String description = each.report().description();
          found.add(
              who(agent, each.report()) + (description.isEmpty() ? "" : " (" + description + ")"));
        }
      }
    }
    return found;
  }
}

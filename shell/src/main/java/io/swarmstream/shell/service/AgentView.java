package io.swarmstream.shell.service;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.swarmstream.clients.chain.tasks.AgentRun;
import io.swarmstream.clients.chain.tasks.RegisteredAgent;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.shell.swarm.MemberNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An agent of a taskrunner. */
record AgentView(
    @JsonPropertyDescription("Name of its member.") String uid,
    @JsonPropertyDescription("Ethereum address.") String account,
    @JsonPropertyDescription("Sites that it can run; 0: it does not serve the taskrunner now.")
        int sites,
    @JsonPropertyDescription("Of the present run: 1, and one more each time it was targeted again.")
        @Nullable Integer attempt,
    @JsonPropertyDescription("Its peers in the present run.") List<PeerView> peers) {
  /** A peer. */
  record PeerView(
      @JsonPropertyDescription("Of the site in the agent's profile.") int index,
      @JsonPropertyDescription("Name of its member.") String uid,
      @JsonPropertyDescription("WAITING, RUNNING, COMPLETE or ERROR.") String state,
      @JsonPropertyDescription("What the agent says of it.") String description,
      @JsonPropertyDescription("Time of the report, ISO 8601.") String at) {
    private static PeerView of(AgentRun.Reported each) {
      return new PeerView(
          each.report().index(),
          each.report().uid(),
          each.report().state().name(),
          each.report().description(),
          each.at().toString());
    }
  }

  /** Those that serve a taskrunner, and those that take part in its run. */
  static List<AgentView> of(TaskBoard board, String taskrunner, MemberNames names) {
    Map<String, AgentView> views = new LinkedHashMap<>();
    for (RegisteredAgent agent : board.registered(taskrunner)) {
      views.put(
          agent.account(),
          new AgentView(
              names.name(agent.account()), agent.account(), agent.sites(), null, List.of()));
    }
    for (AgentRun run : board.agents(taskrunner)) {
      AgentView known = views.get(run.account());
      views.put(
          run.account(),
          new AgentView(
              names.name(run.account()),
              run.account(),
              known == null ? 0 : known.sites(),
              run.attempt(),
              run.peers().stream().map(PeerView::of).toList()));
    }
    return List.copyOf(views.values());
  }
}

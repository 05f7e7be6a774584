package io.swarmstream.testkit.real;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.tasks.AgentRun;
import io.swarmstream.clients.chain.tasks.Assignment;
import io.swarmstream.clients.chain.tasks.PeerReport;
import io.swarmstream.clients.chain.tasks.PeerState;
import io.swarmstream.clients.chain.tasks.RegisteredAgent;
import io.swarmstream.clients.chain.tasks.RunState;
import io.swarmstream.clients.chain.tasks.Taskrunner;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** One run of a {@link MemoryTaskrunner}. */
final class MemoryRun {
  private final Assignment assignment;

  /** How often an agent was called as target; absent: never. */
  private final Map<String, Integer> calls = new HashMap<>();

  private final Map<String, AgentRun> enrolled = new LinkedHashMap<>();

  MemoryRun(Assignment assignment) {
    this.assignment = assignment;
  }

  Assignment assignment() {
    return assignment;
  }

  List<AgentRun> agents() {
    return List.copyOf(enrolled.values());
  }

  Taskrunner record(String name, List<RegisteredAgent> registered, Instant changedAt) {
    return new Taskrunner(
        name,
        state(registered),
        Optional.of(assignment),
        peers(PeerState.values()),
        peers(PeerState.WAITING, PeerState.RUNNING),
        peers(PeerState.COMPLETE),
        peers(PeerState.ERROR),
        changedAt);
  }

  private RunState state(List<RegisteredAgent> registered) {
    if (peers(PeerState.WAITING, PeerState.RUNNING) > 0) {
      return RunState.RUNNING;
    }
    if (peers(PeerState.COMPLETE) >= assignment.required()) {
      return RunState.COMPLETE;
    }
    if (peers(PeerState.ERROR) == 0 || isTargetExpected(registered)) {
      return RunState.RUNNING;
    }
    boolean isFull = peers(PeerState.values()) >= assignment.required();
    boolean isAnyExpected =
        registered.stream().anyMatch(agent -> attempts(agent.account()) > attempt(agent.account()));
    return isFull || !isAnyExpected ? RunState.ERROR : RunState.RUNNING;
  }

  /** Whether an agent that was targeted has not enrolled for it yet. */
  private boolean isTargetExpected(List<RegisteredAgent> registered) {
    return registered.stream()
        .anyMatch(agent -> calls.getOrDefault(agent.account(), 0) > attempt(agent.account()));
  }

  int called(String account, List<RegisteredAgent> registered) {
    boolean isRegistered = registered.stream().anyMatch(agent -> agent.account().equals(account));
    int attempts = attempts(account);
    boolean isMissing = attempts > attempt(account);
    boolean mayEnrol = isRegistered && state(registered) == RunState.RUNNING;
    return isMissing && !mayEnrol ? attempt(account) : attempts;
  }

  void call(String account) {
    if (attempts(account) == attempt(account)) {
      calls.put(account, attempts(account) + 1);
    } else {
      calls.put(account, attempts(account));
    }
  }

  void enrol(
      String what, String name, String account, int peers, List<RegisteredAgent> registered) {
    int most = assignment.type().countsSites() ? MemoryLimits.MAX_SITES : 1;
    MemoryLimits.checkNumber(what, "peers", peers, 1, most);
    if (registered.stream().noneMatch(agent -> agent.account().equals(account))) {
      throw ChainRefusalException.of(what, "NotRegistered", name, account);
    }
    int attempt = called(account, registered);
    if (attempt == attempt(account)) {
      throw ChainRefusalException.of(
          what, "NotCalled", name, account, String.valueOf(assignment.run()));
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    enrolled.put(
        account,
        new AgentRun(
            account,
            attempt,
            now,
            IntStream.range(0, peers)
                .mapToObj(index -> new PeerReport(index, "", PeerState.RUNNING, ""))
                .map(report -> new AgentRun.Reported(report, now))
                .toList()));
  }

  void report(String what, String name, String account, List<PeerReport> reports) {
    AgentRun agent = enrolled.get(account);
    if (agent == null) {
      throw ChainRefusalException.of(
          what, "NotEnrolled", name, account, String.valueOf(assignment.run()));
    }
    List<AgentRun.Reported> peers = new ArrayList<>(agent.peers());
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    for (PeerReport report : reports) {
      MemoryLimits.checkNumber(what, "index", report.index(), 0, peers.size() - 1L);
      MemoryLimits.checkLength(
          what, "uid", report.uid().getBytes(UTF_8).length, 0, MemoryLimits.MAX_TEXT_BYTES);
      MemoryLimits.checkLength(
          what,
          "description",
          report.description().getBytes(UTF_8).length,
          0,
          MemoryLimits.MAX_DESCRIPTION_BYTES);
      PeerState earlier = peers.get(report.index()).report().state();
      if (!earlier.isActive() && earlier != report.state()) {
        throw ChainRefusalException.of(
            what,
            "PeerFinished",
            name,
            String.valueOf(report.index()),
            earlier == PeerState.COMPLETE ? "2" : "3");
      }
      peers.set(report.index(), new AgentRun.Reported(report, now));
    }
    enrolled.put(
        account, new AgentRun(account, agent.attempt(), agent.enrolledAt(), List.copyOf(peers)));
  }

  /** How often an agent is called: by name, or with all others. */
  private int attempts(String account) {
    return Math.max(assignment.isForAll() ? 1 : 0, calls.getOrDefault(account, 0));
  }

  /** The attempt that an agent has enrolled for; 0: none. */
  private int attempt(String account) {
    AgentRun agent = enrolled.get(account);
    return agent == null ? 0 : agent.attempt();
  }

  private int peers(PeerState... states) {
    List<PeerState> counted = List.of(states);
    return (int)
        enrolled.values().stream()
            .flatMap(agent -> agent.peers().stream())
            .filter(peer -> counted.contains(peer.report().state()))
            .count();
  }
}

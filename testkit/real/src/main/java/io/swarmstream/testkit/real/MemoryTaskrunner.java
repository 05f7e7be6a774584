package io.swarmstream.testkit.real;

import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.tasks.AgentRun;
import io.swarmstream.clients.chain.tasks.Assignment;
import io.swarmstream.clients.chain.tasks.PeerReport;
import io.swarmstream.clients.chain.tasks.Peers;
import io.swarmstream.clients.chain.tasks.RegisteredAgent;
import io.swarmstream.clients.chain.tasks.RunState;
import io.swarmstream.clients.chain.tasks.Task;
import io.swarmstream.clients.chain.tasks.Taskrunner;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One taskrunner of a {@link MemoryTaskBoard}. Agents whose member may not act do not count; the
 * predicates say which may.
 */
final class MemoryTaskrunner {
  private final String name;

  /** Sites by account, in the order of first registration; 0: has withdrawn. */
  private final Map<String, Integer> sites = new LinkedHashMap<>();

  private long runs;

  /** Null: idle. */
  private @Nullable MemoryRun run;

  private Instant changedAt = now();

  MemoryTaskrunner(String name) {
    this.name = name;
  }

  Taskrunner record(Predicate<String> isAgent) {
    MemoryRun present = run;
    return present == null
        ? new Taskrunner(name, RunState.IDLE, Optional.empty(), 0, 0, 0, 0, changedAt)
        : present.record(name, registered(isAgent), changedAt);
  }

  List<RegisteredAgent> registered(Predicate<String> isAgent) {
    return sites.entrySet().stream()
        .filter(agent -> agent.getValue() > 0 && isAgent.test(agent.getKey()))
        .map(agent -> new RegisteredAgent(agent.getKey(), agent.getValue()))
        .toList();
  }

  List<AgentRun> agents() {
    MemoryRun present = run;
    return present == null ? List.of() : present.agents();
  }

  void register(String what, String account, int count) {
    if (!sites.containsKey(account) && sites.size() == MemoryLimits.MAX_AGENTS) {
      throw ChainRefusalException.of(
          what, "TooManyAgents", name, String.valueOf(MemoryLimits.MAX_AGENTS));
    }
    sites.put(account, count);
    changedAt = now();
  }

  long assign(String what, Task task, Peers peers, String assignedBy, Predicate<String> isAgent) {
    MemoryRun present = run;
    RunState state = record(isAgent).state();
    if (peers instanceof Peers.Target target) {
      int required = requiredOf(what, task, target.account(), isAgent);
      boolean isOpen = state == RunState.RUNNING || state == RunState.ERROR;
      if (present != null && isOpen && present.assignment().task().equals(task.name())) {
        present.call(target.account());
        changedAt = now();
        return runs;
      }
      begin(what, state, task, required, false, assignedBy).call(target.account());
      return runs;
    }
    int required =
        peers instanceof Peers.AtLeast some ? some.required() : ((Peers.All) peers).required();
    MemoryLimits.checkNumber(what, "peers", required, 1, MemoryLimits.MAX_PEERS);
    begin(what, state, task, required, true, assignedBy);
    return runs;
  }

  private int requiredOf(String what, Task task, String account, Predicate<String> isAgent) {
    return registered(isAgent).stream()
        .filter(agent -> agent.account().equals(account))
        .findFirst()
        .map(agent -> task.type().countsSites() ? agent.sites() : 1)
        .orElseThrow(() -> ChainRefusalException.of(what, "NotRegistered", name, account));
  }

  private MemoryRun begin(
      String what, RunState state, Task task, int required, boolean isForAll, String by) {
    MemoryRun present = run;
    if (state == RunState.RUNNING && present != null) {
      Assignment running = present.assignment();
      throw ChainRefusalException.of(
          what,
          "TaskrunnerBusy",
          name,
          running.task(),
          String.valueOf(running.run()),
          String.valueOf(running.assignedAt().getEpochSecond()));
    }
    runs++;
    changedAt = now();
    MemoryRun begun =
        new MemoryRun(
            new Assignment(runs, task.name(), task.type(), required, isForAll, by, changedAt));
    run = begun;
    return begun;
  }

  void reset() {
    if (run != null) {
      run = null;
      changedAt = now();
    }
  }

  int called(String account, Predicate<String> isAgent) {
    MemoryRun present = run;
    return present == null ? 0 : present.called(account, registered(isAgent));
  }

  void enrol(String what, String account, long number, int peers, Predicate<String> isAgent) {
    present(what, number).enrol(what, name, account, peers, registered(isAgent));
    changedAt = now();
  }

  void report(String what, String account, long number, List<PeerReport> reports) {
    present(what, number).report(what, name, account, reports);
    changedAt = now();
  }

  private MemoryRun present(String what, long number) {
    MemoryRun present = run;
    if (present == null || number != runs) {
      throw ChainRefusalException.of(
          what,
          "RunIsOver",
          name,
          String.valueOf(number),
          String.valueOf(present == null ? 0 : runs));
    }
    return present;
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }
}

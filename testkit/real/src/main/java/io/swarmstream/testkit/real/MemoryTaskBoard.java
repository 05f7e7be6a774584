package io.swarmstream.testkit.real;

import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.chain.tasks.AgentRun;
import io.swarmstream.clients.chain.tasks.NewTask;
import io.swarmstream.clients.chain.tasks.PeerReport;
import io.swarmstream.clients.chain.tasks.Peers;
import io.swarmstream.clients.chain.tasks.RegisteredAgent;
import io.swarmstream.clients.chain.tasks.Task;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.clients.chain.tasks.TaskType;
import io.swarmstream.clients.chain.tasks.Taskrunner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A task board without a chain, with the semantics of the smart contract. A view acts as one
 * account; {@link #as} makes those of other accounts on the same board. Safe for use by many
 * threads.
 */
public final class MemoryTaskBoard implements TaskBoard {
  /** Account of the view that the constructor makes; it has all roles. */
  public static final String FOUNDER = "0x" + "0".repeat(39) + "1";

  private final Board board;
  private final String account;

  /** What all views share; its monitor guards everything. */
  private static final class Board {
    final Map<String, MemoryTask> tasks = new LinkedHashMap<>();
    final Map<String, MemoryTaskrunner> taskrunners = new LinkedHashMap<>();
    final Map<String, Set<Role>> roles = new HashMap<>();

    boolean isAgent(String account) {
      return roles.getOrDefault(account, Set.of()).contains(Role.AGENT);
    }
  }

  /** A board with the root task and the default taskrunner, as the founder sees it. */
  public MemoryTaskBoard() {
    this(new Board(), FOUNDER);
    board.roles.put(FOUNDER, Set.of(Role.values()));
    MemoryTask root =
        new MemoryTask(new NewTask(ROOT_TASK, TaskType.ROOT_TASK, "SWARMSTREAM", "", ""), FOUNDER);
    root.finalise();
    board.tasks.put(ROOT_TASK, root);
    board.taskrunners.put(DEFAULT_TASKRUNNER, new MemoryTaskrunner(DEFAULT_TASKRUNNER));
  }

  private MemoryTaskBoard(Board board, String account) {
    this.board = board;
    this.account = account;
  }

  /** The same board as this account sees it, which has exactly these roles from now on. */
  public MemoryTaskBoard as(String account, Role... roles) {
    synchronized (board) {
      board.roles.put(account, Set.of(roles));
    }
    return new MemoryTaskBoard(board, account);
  }

  /** The account that this view acts as. */
  public String account() {
    return account;
  }

  /** Makes the board give another body than was written, as a lying node would. */
  public void forge(String task, List<String> lines) {
    synchronized (board) {
      present("forge " + task, task).forge(lines);
    }
  }

  @Override
  public List<Task> tasks() {
    synchronized (board) {
      return board.tasks.values().stream().map(MemoryTask::record).toList();
    }
  }

  @Override
  public Optional<Task> task(String name) {
    synchronized (board) {
      return Optional.ofNullable(board.tasks.get(name)).map(MemoryTask::record);
    }
  }

  @Override
  public List<String> body(String task) {
    synchronized (board) {
      return present("read the body of task " + task, task).body();
    }
  }

  @Override
  public void create(NewTask task) {
    synchronized (board) {
      String what = "create task " + task.name();
      requireRole(what, Role.OWNER, Role.ADMIN);
      MemoryLimits.checkText(what, "name", task.name());
      MemoryLimits.checkText(what, "author", task.author());
      MemoryLimits.checkText(what, "outcome", task.outcome());
      if (task.type() == TaskType.ROOT_TASK) {
        throw ChainRefusalException.of(what, "NothingToRun", task.name());
      }
      MemoryTask existing = board.tasks.get(task.name());
      if (existing != null) {
        throw ChainRefusalException.of(
            what, "TaskExists", task.name(), existing.record().account());
      }
      presentFinalised(what, task.prerequisite());
      board.tasks.put(task.name(), new MemoryTask(task, account));
    }
  }

  @Override
  public void writeBody(String task, int from, List<String> lines) {
    synchronized (board) {
      String what = "write the body of task " + task;
      own(what, task).write(what, from, lines);
    }
  }

  @Override
  public void finalise(String task) {
    synchronized (board) {
      own("finalise task " + task, task).finalise();
    }
  }

  @Override
  public void delete(String task) {
    synchronized (board) {
      own("delete task " + task, task);
      board.tasks.remove(task);
    }
  }

  @Override
  public List<Taskrunner> taskrunners() {
    synchronized (board) {
      return board.taskrunners.values().stream()
          .map(runner -> runner.record(board::isAgent))
          .toList();
    }
  }

  @Override
  public Optional<Taskrunner> taskrunner(String name) {
    synchronized (board) {
      return Optional.ofNullable(board.taskrunners.get(name))
          .map(runner -> runner.record(board::isAgent));
    }
  }

  @Override
  public void createTaskrunner(String name) {
    synchronized (board) {
      String what = "create taskrunner " + name;
      requireRole(what, Role.OWNER, Role.ADMIN);
      MemoryLimits.checkText(what, "name", name);
      if (board.taskrunners.containsKey(name)) {
        throw ChainRefusalException.of(what, "TaskrunnerExists", name);
      }
      board.taskrunners.put(name, new MemoryTaskrunner(name));
    }
  }

  @Override
  public long assign(String taskrunner, String task, Peers peers) {
    synchronized (board) {
      String what = "assign task " + task + " to taskrunner " + taskrunner;
      requireRole(what, Role.OWNER, Role.ADMIN);
      MemoryTaskrunner runner = presentRunner(what, taskrunner);
      Task assigned = presentFinalised(what, task).record();
      if (assigned.type() == TaskType.ROOT_TASK) {
        throw ChainRefusalException.of(what, "NothingToRun", task);
      }
      return runner.assign(what, assigned, peers, account, board::isAgent);
    }
  }

  @Override
  public void reset(String taskrunner) {
    synchronized (board) {
      String what = "reset taskrunner " + taskrunner;
      requireRole(what, Role.OWNER, Role.ADMIN);
      presentRunner(what, taskrunner).reset();
    }
  }

  @Override
  public List<RegisteredAgent> registered(String taskrunner) {
    synchronized (board) {
      return presentRunner("list the agents of taskrunner " + taskrunner, taskrunner)
          .registered(board::isAgent);
    }
  }

  @Override
  public List<AgentRun> agents(String taskrunner) {
    synchronized (board) {
      return new ArrayList<>(
          presentRunner("list the agents of taskrunner " + taskrunner, taskrunner).agents());
    }
  }

  @Override
  public void register(String taskrunner, int sites) {
    synchronized (board) {
      String what = "register with taskrunner " + taskrunner;
      requireRole(what, Role.AGENT);
      MemoryLimits.checkNumber(what, "sites", sites, 0, MemoryLimits.MAX_SITES);
      presentRunner(what, taskrunner).register(what, account, sites);
    }
  }

  @Override
  public int called(String taskrunner, String agent) {
    synchronized (board) {
      return presentRunner("read taskrunner " + taskrunner, taskrunner)
          .called(agent, board::isAgent);
    }
  }

  @Override
  public void enrol(String taskrunner, long run, int peers) {
    synchronized (board) {
      String what = "enrol with taskrunner " + taskrunner;
      requireRole(what, Role.AGENT);
      presentRunner(what, taskrunner).enrol(what, account, run, peers, board::isAgent);
    }
  }

  @Override
  public void report(String taskrunner, long run, List<PeerReport> reports) {
    synchronized (board) {
      String what = "report to taskrunner " + taskrunner;
      requireRole(what, Role.AGENT);
      presentRunner(what, taskrunner).report(what, account, run, reports);
    }
  }

  private void requireRole(String what, Role... any) {
    Set<Role> own = board.roles.getOrDefault(account, Set.of());
    if (List.of(any).stream().noneMatch(own::contains)) {
      throw ChainRefusalException.of(
          what, "MissingRole", account, String.valueOf(Role.maskOf(List.of(any))));
    }
  }

  private MemoryTask present(String what, String name) {
    MemoryTask task = board.tasks.get(name);
    if (task == null) {
      throw ChainRefusalException.of(what, "UnknownTask", name);
    }
    return task;
  }

  private MemoryTask presentFinalised(String what, String name) {
    MemoryTask task = present(what, name);
    if (!task.record().isFinalised()) {
      throw ChainRefusalException.of(what, "TaskNotFinalised", name);
    }
    return task;
  }

  /** A task that the caller may change. */
  private MemoryTask own(String what, String name) {
    requireRole(what, Role.OWNER, Role.ADMIN);
    MemoryTask task = present(what, name);
    String creator = task.record().account();
    boolean isAdmin = board.roles.getOrDefault(account, Set.of()).contains(Role.ADMIN);
    if (!isAdmin && !creator.equals(account)) {
      throw ChainRefusalException.of(what, "NotTaskOwner", name, account, creator);
    }
    if (task.record().isFinalised()) {
      throw ChainRefusalException.of(what, "TaskIsFinalised", name);
    }
    return task;
  }

  private MemoryTaskrunner presentRunner(String what, String name) {
    MemoryTaskrunner runner = board.taskrunners.get(name);
    if (runner == null) {
      throw ChainRefusalException.of(what, "UnknownTaskrunner", name);
    }
    return runner;
  }
}

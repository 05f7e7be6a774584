package io.swarmstream.network.api;

import static io.swarmstream.network.api.MemberGate.MEMBER;

import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.tasks.AgentRun;
import io.swarmstream.clients.chain.tasks.Assignment;
import io.swarmstream.clients.chain.tasks.RegisteredAgent;
import io.swarmstream.clients.chain.tasks.Task;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.clients.chain.tasks.Taskrunner;
import io.swarmstream.clients.network.TaskAgentInfo;
import io.swarmstream.clients.network.TaskBodyInfo;
import io.swarmstream.clients.network.TaskInfo;
import io.swarmstream.clients.network.TaskPeerInfo;
import io.swarmstream.clients.network.TaskrunnerInfo;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Routes that read tasks and taskrunners. Acts are transactions, which members sign. */
final class BoardRoutes {
  private final NodeParts node;

  BoardRoutes(NodeParts node) {
    this.node = node;
  }

  List<ApiRoute<Caller>> all() {
    return List.of(
        ApiRoute.<Caller>of(
                "GET",
                "/v1/tasks",
                "listTasks",
                "All tasks, oldest first.",
                MEMBER,
                call -> board().tasks().stream().map(this::info).toList())
            .givesListOf(TaskInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/tasks/{name}",
                "getTask",
                "A task without its body.",
                MEMBER,
                call -> info(task(call.path("name"))))
            .gives(TaskInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/tasks/{name}/body",
                "getTaskBody",
                "The lines of a task's body, checked against the chain.",
                MEMBER,
                call -> body(task(call.path("name"))))
            .gives(TaskBodyInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/taskrunners",
                "listTaskrunners",
                "All taskrunners, oldest first.",
                MEMBER,
                call -> board().taskrunners().stream().map(BoardRoutes::info).toList())
            .givesListOf(TaskrunnerInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/taskrunners/{name}",
                "getTaskrunner",
                "A taskrunner and its present run.",
                MEMBER,
                call -> info(taskrunner(call.path("name"))))
            .gives(TaskrunnerInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/taskrunners/{name}/agents",
                "listTaskAgents",
                "Agents that serve a taskrunner or take part in its present run, and their peers.",
                MEMBER,
                call -> agents(taskrunner(call.path("name")).name()))
            .givesListOf(TaskAgentInfo.class));
  }

  TaskBoard board() {
    if (node.chain().options().taskBoard() == null) {
      throw ApiProblem.of(
          404,
          "no-task-board",
          "this swarm has no task board; it was set up by an earlier version: an admin runs"
              + " 'swarm network upgrade'");
    }
    return node.chain().tasks();
  }

  Task task(String name) {
    return board()
        .task(name)
        .orElseThrow(
            () ->
                ApiProblem.of(
                    404, "unknown-task", "there is no task " + name + "; list them at /v1/tasks"));
  }

  Taskrunner taskrunner(String name) {
    return board()
        .taskrunner(name)
        .orElseThrow(
            () ->
                ApiProblem.of(
                    404,
                    "unknown-taskrunner",
                    "there is no taskrunner " + name + "; list them at /v1/taskrunners"));
  }

  private TaskBodyInfo body(Task task) {
    try {
      return new TaskBodyInfo(task.name(), hash(task), board().body(task.name()));
    } catch (IllegalStateException e) {
      throw ApiProblem.of(502, "forged-body", String.valueOf(e.getMessage())).because(e);
    }
  }

  TaskInfo info(Task task) {
    return new TaskInfo(
        task.name(),
        task.type().name(),
        task.author(),
        task.prerequisite(),
        task.outcome(),
        task.account(),
        member(task.account()),
        task.isFinalised(),
        hash(task),
        task.bodyLines(),
        task.createdAt().toString());
  }

  private static @Nullable String hash(Task task) {
    return task.isFinalised() ? task.bodyHash() : null;
  }

  static TaskrunnerInfo info(Taskrunner runner) {
    Assignment run = runner.assignment().orElse(null);
    return new TaskrunnerInfo(
        runner.name(),
        runner.state().name(),
        run == null ? null : run.run(),
        run == null ? null : run.task(),
        run == null ? null : run.type().name(),
        run == null ? null : run.required(),
        run == null ? null : run.isForAll(),
        run == null ? null : run.assignedBy(),
        run == null ? null : run.assignedAt().toString(),
        runner.enrolled(),
        runner.active(),
        runner.completed(),
        runner.failed(),
        runner.changedAt().toString());
  }

  private List<TaskAgentInfo> agents(String taskrunner) {
    Map<String, Integer> sites = new LinkedHashMap<>();
    for (RegisteredAgent agent : board().registered(taskrunner)) {
      sites.put(agent.account(), agent.sites());
    }
    Map<String, AgentRun> enrolled =
        board().agents(taskrunner).stream()
            .collect(Collectors.toMap(AgentRun::account, Function.identity()));
    enrolled.keySet().forEach(account -> sites.putIfAbsent(account, 0));
    return sites.keySet().stream()
        .map(
            account ->
                agent(
                    account,
                    sites.getOrDefault(account, 0),
                    board().called(taskrunner, account),
                    enrolled.get(account)))
        .toList();
  }

  private TaskAgentInfo agent(String account, int sites, int called, @Nullable AgentRun run) {
    return new TaskAgentInfo(
        account,
        member(account),
        sites,
        called,
        run == null ? 0 : run.attempt(),
        run == null ? null : run.enrolledAt().toString(),
        run == null ? List.of() : run.peers().stream().map(BoardRoutes::peer).toList());
  }

  private static TaskPeerInfo peer(AgentRun.Reported peer) {
    return new TaskPeerInfo(
        peer.report().index(),
        peer.report().uid(),
        peer.report().state().name(),
        peer.report().description(),
        peer.at().toString());
  }

  private @Nullable String member(String account) {
    return node.swarm().newest().byAccount(account).map(Member::name).orElse(null);
  }
}

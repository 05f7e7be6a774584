package io.swarmstream.network.api;

import static io.swarmstream.network.api.MemberGate.CONSOLE;

import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.chain.tasks.Peers;
import io.swarmstream.clients.chain.tasks.RegisteredAgent;
import io.swarmstream.clients.chain.tasks.Task;
import io.swarmstream.clients.network.AssignmentOrder;
import io.swarmstream.clients.network.NodeInfo;
import io.swarmstream.clients.network.TaskInfo;
import io.swarmstream.clients.network.TaskrunnerInfo;
import io.swarmstream.tasks.definitions.DefinitionException;
import io.swarmstream.tasks.definitions.TaskDefinition;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Routes by which the node's own member makes tasks, and gives them to task agents. */
final class BoardActRoutes {
  private static final String FOR_OWN = " For the node's own member, an owner or admin.";
  private static final int MOST_BYTES = 1 << 20;

  private final NodeParts node;
  private final BoardRoutes board;

  BoardActRoutes(NodeParts node) {
    this.node = node;
    this.board = new BoardRoutes(node);
  }

  List<ApiRoute<Caller>> all() {
    return List.of(
        ApiRoute.<Caller>of(
                "POST",
                "/v1/tasks",
                "createTask",
                "Makes a task of a definition in YAML, which is not finalised yet." + FOR_OWN,
                CONSOLE,
                this::create)
            .takes("application/yaml", MOST_BYTES)
            .gives(TaskInfo.class),
        ApiRoute.<Caller>of(
                "POST",
                "/v1/tasks/{name}/finalise",
                "finaliseTask",
                "Freezes a task, which can be assigned from then on." + FOR_OWN,
                CONSOLE,
                this::finalise)
            .gives(TaskInfo.class),
        ApiRoute.<Caller>of(
                "POST",
                "/v1/taskrunners/{name}/assignments",
                "assignTask",
                "Gives a task to a taskrunner." + FOR_OWN,
                CONSOLE,
                this::assign)
            .takes(AssignmentOrder.class)
            .gives(TaskrunnerInfo.class),
        ApiRoute.<Caller>of(
                "DELETE",
                "/v1/taskrunners/{name}/assignments",
                "resetTaskrunner",
                "Makes a taskrunner idle; agents stop what they run for it." + FOR_OWN,
                CONSOLE,
                this::reset)
            .gives(TaskrunnerInfo.class));
  }

  private TaskInfo create(ApiCall<Caller> call) {
    OwnActs.check(node.console(), call, Role.OWNER, Role.ADMIN);
    TaskDefinition definition = definition(new String(call.bytes(), StandardCharsets.UTF_8));
    if (board.board().task(definition.name()).isPresent()) {
      throw ApiProblem.of(
          409, "task-exists", "there is a task " + definition.name() + "; choose another name");
    }
    return OwnActs.byTheChain(
        () -> {
          board.board().create(definition.asNewTask());
          board.board().writeBody(definition.name(), 1, definition.bodyLines());
          return board.info(board.task(definition.name()));
        });
  }

  private static TaskDefinition definition(String text) {
    try {
      return TaskDefinition.parse("task", text);
    } catch (DefinitionException e) {
      throw ApiProblem.badBody(String.valueOf(e.getMessage())).because(e);
    }
  }

  private TaskInfo finalise(ApiCall<Caller> call) {
    OwnActs.check(node.console(), call, Role.OWNER, Role.ADMIN);
    String name = board.task(call.path("name")).name();
    return OwnActs.byTheChain(
        () -> {
          board.board().finalise(name);
          return board.info(board.task(name));
        });
  }

  private TaskrunnerInfo assign(ApiCall<Caller> call) {
    OwnActs.check(node.console(), call, Role.OWNER, Role.ADMIN);
    String runner = board.taskrunner(call.path("name")).name();
    AssignmentOrder order = call.body(AssignmentOrder.class);
    Task task = board.task(String.valueOf(order.task()));
    Peers peers = peers(order, task, board.board().registered(runner));
    return OwnActs.byTheChain(
        () -> {
          var unused = board.board().assign(runner, task.name(), peers);
          return BoardRoutes.info(board.taskrunner(runner));
        });
  }

  private Peers peers(AssignmentOrder order, Task task, List<RegisteredAgent> agents) {
    boolean all = Boolean.TRUE.equals(order.all());
    @Nullable String target = order.target();
    @Nullable Integer peers = order.peers();
    if ((all ? 1 : 0) + (target == null ? 0 : 1) + (peers == null ? 0 : 1) != 1) {
      throw ApiProblem.badValue("peers", "name one of peers, all and target");
    }
    if (peers != null) {
      return new Peers.AtLeast(OwnActs.number("peers", peers, 1, Integer.MAX_VALUE, 1));
    }
    return target == null
        ? new Peers.All(all(task, agents))
        : new Peers.Target(
            node.swarm()
                .newest()
                .byName(target)
                .map(Member::account)
                .orElseThrow(
                    () ->
                        ApiProblem.badValue(
                            "target", "there is no agent " + target + "; list the members")));
  }

  /** Peers of the agents that were heard lately; the chain does not know who was. */
  private int all(Task task, List<RegisteredAgent> agents) {
    Set<String> heard =
        node.nodes().all().stream()
            .filter(program -> program.type().equals("SWOP") && program.alive())
            .map(NodeInfo::member)
            .collect(Collectors.toSet());
    int there =
        agents.stream()
            .filter(
                agent ->
                    node.swarm()
                        .newest()
                        .byAccount(agent.account())
                        .filter(member -> heard.contains(member.name()))
                        .isPresent())
            .mapToInt(agent -> task.type().countsSites() ? agent.sites() : 1)
            .sum();
    if (there == 0) {
      throw ApiProblem.of(
          409,
          "no-agents",
          "no agent of this taskrunner was heard lately; start them: swarm agent --profile FILE");
    }
    return there;
  }

  private TaskrunnerInfo reset(ApiCall<Caller> call) {
    OwnActs.check(node.console(), call, Role.OWNER, Role.ADMIN);
    String runner = board.taskrunner(call.path("name")).name();
    return OwnActs.byTheChain(
        () -> {
          board.board().reset(runner);
          return BoardRoutes.info(board.taskrunner(runner));
        });
  }
}

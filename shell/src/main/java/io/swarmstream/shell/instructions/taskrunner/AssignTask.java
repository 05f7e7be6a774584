package io.swarmstream.shell.instructions.taskrunner;

import io.swarmstream.clients.chain.tasks.Peers;
import io.swarmstream.clients.chain.tasks.RegisteredAgent;
import io.swarmstream.clients.chain.tasks.Task;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.clients.chain.tasks.TaskType;
import io.swarmstream.clients.network.NodeInfo;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import io.swarmstream.shell.session.UnknownNameException;
import io.swarmstream.shell.swarm.MemberNames;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives a task to a taskrunner. */
public final class AssignTask implements Instruction {
  @Override
  public About about() {
    return About.of(
        "ASSIGN TASK <task> TO <taskrunner> ( WITH ( <n> | ALL ) PEERS | TARGET <agent> )",
        "Gives a final task to a taskrunner. n peers have to complete: sites for RUN_SWARM, else"
            + " agents. ALL takes those whose agents were heard lately. TARGET takes one agent, and"
            + " may join a run of the same task.",
        "ASSIGN TASK train TO defaulttaskbb.taskdb.sml.hpe WITH 2 PEERS",
        "ASSIGN TASK train TO defaulttaskbb.taskdb.sml.hpe WITH ALL PEERS",
        "ASSIGN TASK train TO defaulttaskbb.taskdb.sml.hpe TARGET host-1");
  }

  @Override
  public Object run(ShellCall call) {
    String name = Taskrunners.named(call).name();
    String task = call.text("task");
    TaskBoard board = call.tasks();
    TaskType type =
        board
            .task(task)
            .map(Task::type)
            .orElseThrow(
                () ->
                    new UnknownNameException(
                        "there is no task "
                            + task
                            + "; there are "
                            + board.tasks().stream()
                                .map(Task::name)
                                .collect(Collectors.joining(", "))));
    List<RegisteredAgent> agents = board.registered(name);
    Peers peers;
    if (call.values().has("TARGET")) {
      peers = new Peers.Target(target(call, agents));
    } else if (call.values().has("ALL")) {
      peers = new Peers.All(all(call, agents, type));
    } else {
      peers = new Peers.AtLeast(atLeast(call, agents, type));
    }
    long run = board.assign(name, task, peers);
    call.say("TASK ASSIGNED : " + task + " TO " + name + " , RUN : " + run);
    return board.taskrunner(name).orElseThrow();
  }

  private static int atLeast(ShellCall call, List<RegisteredAgent> agents, TaskType type) {
    int wanted = call.values().number("n", 1);
    int possible = count(agents, type);
    if (possible < wanted) {
      call.say(
          "WARNING - "
              + wanted
              + " peers are needed, and the registered agents have "
              + possible
              + "; the task waits for more");
    }
    return wanted;
  }

  private static int count(List<RegisteredAgent> agents, TaskType type) {
    return type.countsSites()
        ? agents.stream().mapToInt(RegisteredAgent::sites).sum()
        : agents.size();
  }

  private static int all(ShellCall call, List<RegisteredAgent> agents, TaskType type) {
    Set<String> heard =
        call.swarm().nodes().stream()
            .filter(node -> node.type().equals("SWOP") && node.alive())
            .map(NodeInfo::member)
            .collect(Collectors.toSet());
    MemberNames names = MemberNames.of(call.swarm());
    int there =
        count(
            agents.stream().filter(agent -> heard.contains(names.name(agent.account()))).toList(),
            type);
    if (there == 0) {
      throw new IllegalStateException(
          "no agent of "
              + call.text("taskrunner")
              + " was heard lately; registered are "
              + named(agents, names)
              + "; start them: swarm agent --profile FILE");
    }
    return there;
  }

  private static String target(ShellCall call, List<RegisteredAgent> agents) {
    MemberNames names = MemberNames.of(call.swarm());
    return names
        .account(call.text("agent"))
        .orElseThrow(
            () ->
                new UnknownNameException(
                    "there is no agent "
                        + call.text("agent")
                        + "; registered are "
                        + named(agents, names)));
  }

  private static String named(List<RegisteredAgent> agents, MemberNames names) {
    return agents.isEmpty()
        ? "none"
        : agents.stream()
            .map(agent -> names.name(agent.account()))
            .collect(Collectors.joining(", "));
  }
}

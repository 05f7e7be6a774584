package io.swarmstream.shell.service;

import static io.swarmstream.shell.service.ResourceRoutes.route;

import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.clients.chain.tasks.Taskrunner;
import io.swarmstream.shell.grammar.Values;
import io.swarmstream.shell.instructions.task.CreateTaskFrom;
import io.swarmstream.shell.session.ShellCall;
import io.swarmstream.shell.session.ShellSession;
import io.swarmstream.shell.session.UnknownNameException;
import io.swarmstream.shell.swarm.MemberNames;
import io.swarmstream.shell.task.TaskFile;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiRoute;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Resources: tasks and taskrunners. */
final class TaskRoutes {
  private static final int MOST_DEFINITION_BYTES = 10 << 20;

  private final ResourceCommands commands;

  TaskRoutes(ResourceCommands commands) {
    this.commands = commands;
  }

  List<ApiRoute<ShellCaller>> all() {
    return List.of(
        route("GET", "/v1/tasks", "listTasks", "All tasks, oldest first.", call -> tasks())
            .givesListOf(TaskView.class),
        route(
                "POST",
                "/v1/tasks",
                "createTask",
                "Registers the task that the body defines, YAML or the same as JSON.",
                this::createTask)
            .takes("application/yaml", MOST_DEFINITION_BYTES)
            .gives(TaskView.class),
        route("GET", "/v1/tasks/{name}", "getTask", "A task.", call -> task(call.path("name")))
            .gives(TaskView.class),
        route("GET", "/v1/tasks/{name}/body", "getTaskBody", "Its body.", this::body)
            .gives(Orders.BodyView.class),
        route(
                "POST",
                "/v1/tasks/{name}/finalise",
                "finaliseTask",
                "Freezes a task, so that it can be assigned.",
                this::finalise)
            .gives(TaskView.class),
        route(
            "DELETE",
            "/v1/tasks/{name}",
            "deleteTask",
            "Removes a task that is not final.",
            this::delete),
        route("GET", "/v1/taskrunners", "listTaskrunners", "All taskrunners.", call -> runners())
            .givesListOf(TaskrunnerView.class),
        route(
                "POST",
                "/v1/taskrunners",
                "createTaskrunner",
                "Makes a taskrunner.",
                this::createRunner)
            .takes(Orders.NameOrder.class)
            .gives(TaskrunnerView.class),
        route(
                "GET",
                "/v1/taskrunners/{name}",
                "getTaskrunner",
                "A taskrunner and how far its run is.",
                call -> runner(call.path("name")))
            .gives(TaskrunnerView.class),
        route(
                "GET",
                "/v1/taskrunners/{name}/agents",
                "listAgents",
                "Agents that serve it, with their peers in the present run.",
                this::agents)
            .givesListOf(AgentView.class),
        route(
                "POST",
                "/v1/taskrunners/{name}/assignments",
                "assignTask",
                "Gives a final task to a taskrunner.",
                this::assign)
            .takes(Orders.AssignmentOrder.class)
            .gives(TaskrunnerView.class),
        route(
                "DELETE",
                "/v1/taskrunners/{name}/assignments",
                "resetTaskrunner",
                "Makes it idle; agents stop and remove what they run for it.",
                this::reset)
            .gives(TaskrunnerView.class));
  }

  private List<TaskView> tasks() throws Exception {
    return commands.in(
        session -> {
          MemberNames names = MemberNames.of(session.swarm());
          return board(session).tasks().stream().map(task -> TaskView.of(task, names)).toList();
        });
  }

  private TaskView task(String name) throws Exception {
    return commands.in(
        session ->
            board(session)
                .task(name)
                .map(task -> TaskView.of(task, MemberNames.of(session.swarm())))
                .orElseThrow(() -> new UnknownNameException("there is no task " + name)));
  }

  private TaskView createTask(ApiCall<ShellCaller> call) throws Exception {
    String text = new String(call.bytes(), StandardCharsets.UTF_8);
    String created =
        commands.in(
            session -> {
              TaskFile file = session.taskReader().read("body", text);
              var unused =
                  CreateTaskFrom.register(new ShellCall(Values.none(), session, line -> {}), file);
              return file.task().name();
            });
    return task(created);
  }

  private Orders.BodyView body(ApiCall<ShellCaller> call) throws Exception {
    String name = task(call.path("name")).name();
    return commands.in(session -> new Orders.BodyView(board(session).body(name)));
  }

  private TaskView finalise(ApiCall<ShellCaller> call) throws Exception {
    commands.run("FINALIZE TASK " + Quoted.of(call.path("name")));
    return task(call.path("name"));
  }

  private byte[] delete(ApiCall<ShellCaller> call) throws Exception {
    commands.run("DELETE TASK " + Quoted.of(call.path("name")));
    return new byte[0];
  }

  private List<TaskrunnerView> runners() throws Exception {
    return commands.in(
        session -> {
          MemberNames names = MemberNames.of(session.swarm());
          return board(session).taskrunners().stream()
              .map(one -> TaskrunnerView.of(one, names))
              .toList();
        });
  }

  private TaskrunnerView runner(String name) throws Exception {
    return commands.in(
        session -> TaskrunnerView.of(runner(session, name), MemberNames.of(session.swarm())));
  }

  private static Taskrunner runner(ShellSession session, String name) {
    return board(session)
        .taskrunner(name)
        .orElseThrow(() -> new UnknownNameException("there is no taskrunner " + name));
  }

  private TaskrunnerView createRunner(ApiCall<ShellCaller> call) throws Exception {
    Orders.NameOrder order = call.body(Orders.NameOrder.class);
    commands.run("CREATE TASKRUNNER " + order.quoted());
    return runner(String.valueOf(order.name()));
  }

  private List<AgentView> agents(ApiCall<ShellCaller> call) throws Exception {
    return commands.in(
        session ->
            AgentView.of(
                board(session),
                runner(session, call.path("name")).name(),
                MemberNames.of(session.swarm())));
  }

  private TaskrunnerView assign(ApiCall<ShellCaller> call) throws Exception {
    Orders.AssignmentOrder order = call.body(Orders.AssignmentOrder.class);
    commands.run(
        "ASSIGN TASK "
            + order.quotedTask()
            + " TO "
            + Quoted.of(call.path("name"))
            + " "
            + order.peersText());
    return runner(call.path("name"));
  }

  private TaskrunnerView reset(ApiCall<ShellCaller> call) throws Exception {
    commands.run("RESET TASKRUNNER " + Quoted.of(call.path("name")));
    return runner(call.path("name"));
  }

  private static TaskBoard board(ShellSession session) {
    return session.swarm().tasks();
  }
}

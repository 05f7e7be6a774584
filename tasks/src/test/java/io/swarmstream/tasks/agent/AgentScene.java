package io.swarmstream.tasks.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.chain.tasks.AgentRun;
import io.swarmstream.clients.chain.tasks.NewTask;
import io.swarmstream.clients.chain.tasks.PeerReport;
import io.swarmstream.clients.chain.tasks.Peers;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.clients.chain.tasks.TaskType;
import io.swarmstream.clients.chain.tasks.Taskrunner;
import io.swarmstream.tasks.definitions.AgentProfile;
import io.swarmstream.tasks.policy.RunPolicy;
import io.swarmstream.testkit.real.MemoryTaskBoard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/** A swarm with one agent of two sites at a host, and an author. */
final class AgentScene {
  static final String RUNNER = TaskBoard.DEFAULT_TASKRUNNER;
  static final String AUTHOR = "0x" + "0".repeat(39) + "a";
  static final String AGENT = "0x" + "0".repeat(39) + "b";
  private static final AgentLimits LIMITS =
      new AgentLimits(
          Duration.ofHours(5),
          Duration.ofSeconds(60),
          Duration.ofMinutes(30),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));

  final MemoryTaskBoard board = new MemoryTaskBoard();
  final MemoryTaskBoard author = board.as(AUTHOR, Role.OWNER);
  final FakeHost host = new FakeHost();
  final AgentHome home;
  final OwnersDesk desk;
  final List<String> notices = new ArrayList<>();
  Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final TaskBoard seen;
  private final UnaryOperator<ResourceHost> guard;
  private TaskAgent agent;

  /** What an agent sees of its host; a test may stand between them. */
  record ResourceHost(io.swarmstream.tasks.run.ResourceManager manager, SiteNodes nodes) {}

  AgentScene(Path folder) throws IOException {
    this(folder, board -> board, host -> host);
  }

  AgentScene(Path folder, UnaryOperator<TaskBoard> wire, UnaryOperator<ResourceHost> guard)
      throws IOException {
    this.home = AgentHome.in(folder);
    this.desk = new OwnersDesk(home);
    this.seen = wire.apply(board.as(AGENT, Role.AGENT));
    this.guard = guard;
    this.agent = begin(RunPolicy.asking(), Set.of("ada"), false);
  }

  /** Another agent at the same host, as after {@code kill -9}. */
  void restart() throws IOException {
    restart(Set.of("ada"), false);
  }

  void restart(Set<String> accepted, boolean isForAll) throws IOException {
    agent = begin(RunPolicy.asking(), accepted, isForAll);
  }

  /** An agent whose owner accepts all that this policy does not forbid. */
  void restart(RunPolicy policy) throws IOException {
    agent = begin(policy, Set.of(), true);
  }

  private TaskAgent begin(RunPolicy policy, Set<String> accepted, boolean isForAll)
      throws IOException {
    AgentProfile profile =
        AgentProfile.parse(
            "profile.yaml",
            """
            groupname: demo
            policyuri: ~
            nodes:
              - slnodedef: {idx: 0, usrenvvars: [NODE: "0"]}
              - slnodedef: {idx: 1, usrenvvars: [NODE: "1"]}
            """);
    Executor direct =
        task -> {
          if (host.isSlow) {
            Thread thread = new Thread(task, "slow");
            thread.setDaemon(true);
            thread.start();
          } else {
            task.run();
          }
        };
    ResourceHost parts = guard.apply(new ResourceHost(host, host));
    RunWork work =
        new RunWork(
            new RunWork.Host(
                "host-1",
                home,
                new HostParts(profile, parts.manager(), Optional.empty()),
                parts.nodes(),
                new Consent(desk, policy, accepted, isForAll),
                index -> home.folder().resolve("sites").resolve(Integer.toString(index)),
                account -> account.equals(AUTHOR) ? "ada" : "mallory",
                false),
            seen,
            LIMITS,
            notices::add,
            () -> now,
            direct);
    return new TaskAgent(
        new AgentMember("host-1", AGENT, List.of("host-1-0", "host-1-1")),
        RUNNER,
        seen,
        work,
        LIMITS,
        notices::add,
        () -> now);
  }

  AgentScene steps(int count) {
    for (int i = 0; i < count; i++) {
      agent.step();
      now = now.plusSeconds(1);
    }
    return this;
  }

  AgentScene later(Duration time) {
    now = now.plus(time);
    return this;
  }

  void task(TaskBoard by, String name, TaskType type, String prerequisite, String... lines) {
    by.create(new NewTask(name, type, "someone", prerequisite, "out-of-" + name));
    by.writeBody(name, 1, List.of(lines));
    by.finalise(name);
  }

  void build(String name) {
    task(author, name, TaskType.MAKE_USER_CONTAINER, TaskBoard.ROOT_TASK, "BuildSteps: [FROM x]");
  }

  /** A task to train, whose environment the host has. */
  void train(TaskBoard by, String name) {
    build("env-of-" + name);
    host.runtimes.add("out-of-env-of-" + name);
    task(
        by,
        name,
        TaskType.RUN_SWARM,
        "env-of-" + name,
        "Command: train.py --fast",
        "Entrypoint: python3",
        "WorkingDir: /tmp",
        "Envvars: [NODE: all, MIN_PEERS: 2]");
  }

  long assign(String task, int peers) {
    return author.assign(RUNNER, task, new Peers.AtLeast(peers));
  }

  Taskrunner runner() {
    return author.taskrunner(RUNNER).orElseThrow();
  }

  List<PeerReport> peers() {
    return author.agents(RUNNER).stream()
        .flatMap(agentRun -> agentRun.peers().stream())
        .map(AgentRun.Reported::report)
        .toList();
  }

  void assertPeer(int index, io.swarmstream.clients.chain.tasks.PeerState state, String... says) {
    PeerReport report = peers().get(index);
    assertThat(report.state()).as(report.description()).isEqualTo(state);
    for (String part : says) {
      assertThat(report.description()).contains(part);
    }
  }
}

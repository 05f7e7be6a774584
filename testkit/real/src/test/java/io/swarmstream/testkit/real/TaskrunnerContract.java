package io.swarmstream.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.chain.tasks.AgentRun;
import io.swarmstream.clients.chain.tasks.Assignment;
import io.swarmstream.clients.chain.tasks.PeerReport;
import io.swarmstream.clients.chain.tasks.PeerState;
import io.swarmstream.clients.chain.tasks.Peers;
import io.swarmstream.clients.chain.tasks.RegisteredAgent;
import io.swarmstream.clients.chain.tasks.RunState;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.clients.chain.tasks.TaskType;
import io.swarmstream.clients.chain.tasks.Taskrunner;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every task board does with taskrunners, agents and their reports. */
@SuppressWarnings("NullAway.Init")
abstract class TaskrunnerContract extends TaskBoardContract {
  static final String RUNNER = TaskBoard.DEFAULT_TASKRUNNER;

  /** Members 4 and 5. */
  TaskBoard agent;

  TaskBoard other;

  @BeforeEach
  void joinAgents() {
    agent = member(4, Role.AGENT);
    other = member(5, Role.AGENT);
  }

  @Test
  void beginsWithAnIdleTaskrunner() {
    Taskrunner runner = observer.taskrunner(RUNNER).orElseThrow();

    assertThat(runner.state()).isEqualTo(RunState.IDLE);
    assertThat(runner.assignment()).isEmpty();
    assertThat(observer.taskrunners()).containsExactly(runner);
    assertThat(observer.registered(RUNNER)).isEmpty();
    assertThat(observer.agents(RUNNER)).isEmpty();
    assertThat(observer.taskrunner("nobody")).isEmpty();
    assertRefused("UnknownTaskrunner", () -> observer.agents("nobody"))
        .hasMessageContaining("there is no taskrunner \"nobody\"");
  }

  @Test
  void thereMayBeMoreTaskrunners() {
    owner.createTaskrunner("second");

    assertThat(observer.taskrunners())
        .extracting(Taskrunner::name)
        .containsExactly(RUNNER, "second");
    assertRefused("TaskrunnerExists", () -> admin.createTaskrunner("second"));
  }

  @Test
  void agentsRegisterInTheirOrder() {
    other.register(RUNNER, 1);
    agent.register(RUNNER, 2);
    other.register(RUNNER, 3);

    assertThat(observer.registered(RUNNER))
        .containsExactly(new RegisteredAgent(account(5), 3), new RegisteredAgent(account(4), 2));

    other.register(RUNNER, 0);
    assertThat(observer.registered(RUNNER)).containsExactly(new RegisteredAgent(account(4), 2));
    assertRefused("MissingRole", () -> owner.register(RUNNER, 1)).hasMessageContaining("agent");
    assertRefused("NumberOutOfRange", () -> agent.register(RUNNER, 257));
  }

  @Test
  void aTaskIsCompleteWhenAsManyPeersAreAsWereAsked() {
    finalised("build");
    agent.register(RUNNER, 2);
    other.register(RUNNER, 2);

    long run = owner.assign(RUNNER, "build", new Peers.AtLeast(2));

    assertThat(run).isEqualTo(1);
    Taskrunner assigned = runner();
    assertThat(assigned.state()).isEqualTo(RunState.RUNNING);
    Assignment assignment = assigned.assignment().orElseThrow();
    assertThat(assignment)
        .isEqualTo(
            new Assignment(
                1,
                "build",
                TaskType.MAKE_USER_CONTAINER,
                2,
                true,
                account(1),
                assignment.assignedAt()));
    assertThat(agent.called(RUNNER, account(4))).isEqualTo(1);

    agent.enrol(RUNNER, run, 1);
    assertThat(agent.called(RUNNER, account(4))).isEqualTo(1);
    assertCounts(1, 1, 0, 0);
    report(agent, run, 0, PeerState.COMPLETE, "built");
    assertThat(runner().state()).isEqualTo(RunState.RUNNING);

    other.enrol(RUNNER, run, 1);
    report(other, run, 0, PeerState.WAITING, "waits for its owner");
    assertCounts(2, 1, 1, 0);
    assertThat(runner().state()).isEqualTo(RunState.RUNNING);
    report(other, run, 0, PeerState.COMPLETE, "built, too");

    assertCounts(2, 0, 2, 0);
    assertThat(runner().state()).isEqualTo(RunState.COMPLETE);
    assertThat(observer.agents(RUNNER))
        .extracting(AgentRun::account, AgentRun::attempt, TaskrunnerContract::descriptions)
        .containsExactly(
            tuple(account(4), 1, List.of("built")), tuple(account(5), 1, List.of("built, too")));
  }

  @Test
  void peersOfATrainingAreSites() {
    finalised("train", TaskType.RUN_SWARM);
    agent.register(RUNNER, 2);
    long run = owner.assign(RUNNER, "train", new Peers.All(2));

    agent.enrol(RUNNER, run, 2);

    assertCounts(2, 2, 0, 0);
    AgentRun enrolled = observer.agents(RUNNER).get(0);
    assertThat(enrolled.peers())
        .extracting(AgentRun.Reported::report)
        .containsExactly(
            new PeerReport(0, "", PeerState.RUNNING, ""),
            new PeerReport(1, "", PeerState.RUNNING, ""));

    agent.report(
        RUNNER,
        run,
        List.of(
            new PeerReport(0, "host-1-0", PeerState.ERROR, "Merge Failed at sync id : 0"),
            new PeerReport(1, "host-1-1", PeerState.COMPLETE, "done")));

    assertCounts(2, 0, 1, 1);
    assertThat(runner().state()).isEqualTo(RunState.ERROR);
    assertThat(observer.agents(RUNNER).get(0).peers())
        .extracting(AgentRun.Reported::report)
        .containsExactly(
            new PeerReport(0, "host-1-0", PeerState.ERROR, "Merge Failed at sync id : 0"),
            new PeerReport(1, "host-1-1", PeerState.COMPLETE, "done"));
  }

  @Test
  void oneTaskAtATime() {
    finalised("build");
    agent.register(RUNNER, 1);
    long run = owner.assign(RUNNER, "build", new Peers.AtLeast(1));

    assertRefused("TaskrunnerBusy", () -> admin.assign(RUNNER, "build", new Peers.AtLeast(1)))
        .hasMessageContaining(RUNNER + " is running task build (run 1) since 2")
        .hasMessageContaining("RESET TASKRUNNER " + RUNNER);

    agent.enrol(RUNNER, run, 1);
    report(agent, run, 0, PeerState.COMPLETE, "built");
    assertThat(admin.assign(RUNNER, "build", new Peers.AtLeast(1))).isEqualTo(2);
    assertThat(observer.agents(RUNNER)).isEmpty();
    assertCounts(0, 0, 0, 0);
  }

  @Test
  void aResetTaskrunnerIsIdle() {
    finalised("build");
    agent.register(RUNNER, 1);
    owner.reset(RUNNER);
    long run = owner.assign(RUNNER, "build", new Peers.AtLeast(1));
    agent.enrol(RUNNER, run, 1);

    owner.reset(RUNNER);

    assertThat(runner().state()).isEqualTo(RunState.IDLE);
    assertThat(runner().assignment()).isEmpty();
    assertThat(observer.agents(RUNNER)).isEmpty();
    assertThat(agent.called(RUNNER, account(4))).isZero();
    assertRefused("RunIsOver", () -> report(agent, run, 0, PeerState.COMPLETE, ""))
        .hasMessageContaining("run 1 of taskrunner " + RUNNER + " is not the present one");
    assertRefused("RunIsOver", () -> agent.enrol(RUNNER, run, 1));
    assertThat(owner.assign(RUNNER, "build", new Peers.AtLeast(1))).isEqualTo(2);
    assertRefused("RunIsOver", () -> report(agent, run, 0, PeerState.COMPLETE, ""));
    assertRefused("NotEnrolled", () -> report(agent, 2, 0, PeerState.COMPLETE, ""));
  }

  @Test
  void onlyFinalisedTasksThatDoSomethingAreAssigned() {
    owner.create(newTask("draft"));
    finalised("build");

    assertRefused("TaskNotFinalised", () -> owner.assign(RUNNER, "draft", new Peers.AtLeast(1)));
    assertRefused("UnknownTask", () -> owner.assign(RUNNER, "none", new Peers.AtLeast(1)));
    assertRefused(
        "NothingToRun", () -> owner.assign(RUNNER, TaskBoard.ROOT_TASK, new Peers.AtLeast(1)));
    assertRefused("UnknownTaskrunner", () -> owner.assign("none", "build", new Peers.AtLeast(1)));
    assertRefused("NumberOutOfRange", () -> owner.assign(RUNNER, "build", new Peers.AtLeast(0)));
    assertRefused("MissingRole", () -> agent.assign(RUNNER, "build", new Peers.AtLeast(1)));
    assertRefused("MissingRole", () -> agent.reset(RUNNER));
  }

  @Test
  void aFailureIsFinalOnlyWhenNobodyElseMayComplete() {
    finalised("build");
    agent.register(RUNNER, 1);
    other.register(RUNNER, 1);
    long run = owner.assign(RUNNER, "build", new Peers.AtLeast(2));
    agent.enrol(RUNNER, run, 1);
    report(agent, run, 0, PeerState.ERROR, "no such image");
    // The other one may still enrol.
    assertThat(runner().state()).isEqualTo(RunState.RUNNING);

    other.enrol(RUNNER, run, 1);
    report(other, run, 0, PeerState.COMPLETE, "built");

    assertThat(runner().state()).isEqualTo(RunState.ERROR);
    assertCounts(2, 0, 1, 1);
    assertRefused("PeerFinished", () -> report(agent, run, 0, PeerState.COMPLETE, ""))
        .hasMessageContaining("has ended its part")
        .hasMessageContaining("with ERROR");
    report(agent, run, 0, PeerState.ERROR, "still no such image");
  }

  @Test
  void fewerPeersThanAskedKeepItRunning() {
    finalised("build");
    agent.register(RUNNER, 1);
    long run = owner.assign(RUNNER, "build", new Peers.AtLeast(2));
    agent.enrol(RUNNER, run, 1);
    report(agent, run, 0, PeerState.COMPLETE, "built");

    assertThat(runner().state()).isEqualTo(RunState.RUNNING);
  }

  @Test
  void aTargetIsTheOnlyOneThatIsCalled() {
    finalised("train", TaskType.RUN_SWARM);
    agent.register(RUNNER, 2);
    other.register(RUNNER, 1);

    long run = owner.assign(RUNNER, "train", new Peers.Target(account(4)));

    Assignment assignment = runner().assignment().orElseThrow();
    assertThat(assignment.isForAll()).isFalse();
    assertThat(assignment.required()).isEqualTo(2);
    assertThat(observer.called(RUNNER, account(4))).isEqualTo(1);
    assertThat(observer.called(RUNNER, account(5))).isZero();
    assertRefused("NotCalled", () -> other.enrol(RUNNER, run, 1))
        .hasMessageContaining("is not called in run 1");
    assertRefused(
        "NotRegistered", () -> owner.assign(RUNNER, "train", new Peers.Target(account(2))));

    // It joins.
    assertThat(owner.assign(RUNNER, "train", new Peers.Target(account(5)))).isEqualTo(run);
    other.enrol(RUNNER, run, 1);
    agent.enrol(RUNNER, run, 2);
    assertCounts(3, 3, 0, 0);
    assertThat(observer.agents(RUNNER))
        .extracting(AgentRun::account)
        .containsExactly(account(5), account(4));
  }

  @Test
  void aTargetOfAnotherTaskWaitsForTheFirst() {
    finalised("build");
    finalised("train", TaskType.RUN_SWARM);
    agent.register(RUNNER, 2);
    owner.assign(RUNNER, "build", new Peers.AtLeast(1));

    assertRefused(
        "TaskrunnerBusy", () -> owner.assign(RUNNER, "train", new Peers.Target(account(4))));
  }

  @Test
  void anAgentThatFailedTriesAgainWhenItIsTargeted() {
    finalised("train", TaskType.RUN_SWARM);
    agent.register(RUNNER, 2);
    long run = owner.assign(RUNNER, "train", new Peers.AtLeast(2));
    agent.enrol(RUNNER, run, 2);
    report(agent, run, 0, PeerState.COMPLETE, "done");
    report(agent, run, 1, PeerState.ERROR, "exit code 1");
    assertThat(runner().state()).isEqualTo(RunState.ERROR);
    assertRefused("NotCalled", () -> agent.enrol(RUNNER, run, 2));

    assertThat(owner.assign(RUNNER, "train", new Peers.Target(account(4)))).isEqualTo(run);

    assertThat(runner().state()).isEqualTo(RunState.RUNNING);
    assertThat(observer.called(RUNNER, account(4))).isEqualTo(2);
    // Targeted once more before it came: still the second attempt.
    owner.assign(RUNNER, "train", new Peers.Target(account(4)));
    assertThat(observer.called(RUNNER, account(4))).isEqualTo(2);

    agent.enrol(RUNNER, run, 2);
    assertCounts(2, 2, 0, 0);
    assertThat(observer.agents(RUNNER).get(0).attempt()).isEqualTo(2);
    assertThat(descriptions(observer.agents(RUNNER).get(0))).containsExactly("", "");
    report(agent, run, 0, PeerState.COMPLETE, "");
    report(agent, run, 1, PeerState.COMPLETE, "");
    assertThat(runner().state()).isEqualTo(RunState.COMPLETE);

    // What is complete is over: the same target begins another run.
    assertThat(owner.assign(RUNNER, "train", new Peers.Target(account(4)))).isEqualTo(run + 1);
  }

  @Test
  void nobodyEnrolsLate() {
    finalised("build");
    agent.register(RUNNER, 1);
    other.register(RUNNER, 1);
    long run = owner.assign(RUNNER, "build", new Peers.AtLeast(1));
    agent.enrol(RUNNER, run, 1);
    report(agent, run, 0, PeerState.COMPLETE, "built");

    assertThat(observer.called(RUNNER, account(5))).isZero();
    assertRefused("NotCalled", () -> other.enrol(RUNNER, run, 1));
  }

  @Test
  void agentsSpeakForThemselvesOnly() {
    finalised("build");
    agent.register(RUNNER, 2);
    long run = owner.assign(RUNNER, "build", new Peers.AtLeast(1));
    assertRefused("NotRegistered", () -> other.enrol(RUNNER, run, 1));
    agent.enrol(RUNNER, run, 1);

    assertRefused("NotEnrolled", () -> report(other, run, 0, PeerState.COMPLETE, "lie"));
    assertRefused("MissingRole", () -> report(owner, run, 0, PeerState.COMPLETE, "lie"));
    assertRefused("NumberOutOfRange", () -> report(agent, run, 1, PeerState.COMPLETE, ""))
        .hasMessageContaining("index is 1; it goes from 0 to 0");
    assertThat(runner().active()).isEqualTo(1);
  }

  @Test
  void anAgentBringsItselfOrItsSites() {
    finalised("build");
    finalised("train", TaskType.RUN_SWARM);
    agent.register(RUNNER, 2);
    long first = owner.assign(RUNNER, "build", new Peers.AtLeast(1));
    assertRefused("NumberOutOfRange", () -> agent.enrol(RUNNER, first, 2));
    owner.reset(RUNNER);
    long second = owner.assign(RUNNER, "train", new Peers.AtLeast(1));
    assertRefused("NumberOutOfRange", () -> agent.enrol(RUNNER, second, 0));
    assertRefused("NumberOutOfRange", () -> agent.enrol(RUNNER, second, 257));
  }

  @Test
  void descriptionsMayBeLong() {
    finalised("train", TaskType.RUN_SWARM);
    agent.register(RUNNER, 2);
    long run = owner.assign(RUNNER, "train", new Peers.AtLeast(2));
    agent.enrol(RUNNER, run, 2);
    String longest = "ü".repeat(32 * 1024);

    agent.report(
        RUNNER,
        run,
        List.of(
            new PeerReport(0, "host-1-0", PeerState.ERROR, longest),
            new PeerReport(1, "host-1-1", PeerState.ERROR, longest)));

    assertThat(descriptions(observer.agents(RUNNER).get(0))).containsExactly(longest, longest);
    assertRefused("LengthOutOfRange", () -> report(agent, run, 0, PeerState.ERROR, longest + "!"))
        .hasMessageContaining("description has 65537 bytes");
  }

  private Taskrunner runner() {
    return observer.taskrunner(RUNNER).orElseThrow();
  }

  private void assertCounts(int enrolled, int active, int completed, int failed) {
    assertThat(runner())
        .extracting(
            Taskrunner::enrolled, Taskrunner::active, Taskrunner::completed, Taskrunner::failed)
        .containsExactly(enrolled, active, completed, failed);
  }

  static void report(TaskBoard agent, long run, int index, PeerState state, String description) {
    agent.report(RUNNER, run, List.of(new PeerReport(index, "host-" + index, state, description)));
  }

  static List<String> descriptions(AgentRun agent) {
    return agent.peers().stream().map(peer -> peer.report().description()).toList();
  }
}

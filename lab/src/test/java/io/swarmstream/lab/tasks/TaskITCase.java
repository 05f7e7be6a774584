package io.swarmstream.lab.tasks;

import static io.swarmstream.lab.tasks.TaskSwarm.LONG;
import static io.swarmstream.lab.tasks.TaskSwarm.RUNNER;
import static io.swarmstream.lab.tasks.TaskSwarm.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.chain.tasks.PeerState;
import io.swarmstream.clients.chain.tasks.RunState;
import io.swarmstream.lab.console.Chromium;
import io.swarmstream.lab.console.OpenedConsole;
import io.swarmstream.lab.network.SwarmProcess;
import io.swarmstream.network.chain.GethBinary;
import io.swarmstream.testkit.real.RealPodman;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * One person starts trainings at four sites of two task agents, and things go wrong. All scenes are
 * of one swarm; the first makes what the others run in.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init")
class TaskITCase {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path machines;

  private static TaskSwarm swarm;
  private static @Nullable ConsoleScene console;

  @BeforeAll
  static void start() throws Exception {
    Assumptions.assumeTrue(
        Boolean.getBoolean("swarm.geth.required") || GethBinary.find().isPresent(),
        "geth is missing: deploy/tools/get-geth builds it");
    swarm = new TaskSwarm(machines);
  }

  @AfterAll
  static void stop() throws Exception {
    if (console != null) {
      console.close();
    }
    if (swarm != null) {
      swarm.close();
    }
  }

  /** Whatever a scene before has left, its taskrunner can be used again. */
  @BeforeEach
  void begin() {
    swarm.reset();
  }

  /** What a person writes who starts a training everywhere. */
  @Test
  @Order(1)
  void aScriptTrainsAtAllSites() throws Exception {
    Path usr = Files.createDirectories(machines.resolve("usr"));
    Files.writeString(
        usr.resolve("build.yaml"),
        """
        Name: build
        TaskType: MAKE_USER_CONTAINER
        Author: org-a
        Prereq: ROOTTASK
        Outcome: user-env
        Body:
            BuildContext: ~
            BuildType: INLINE
            BuildSteps:
            - FROM python:3
            - ENV GREETING=hello
        """);
    Files.writeString(usr.resolve("train.yaml"), swarm.runTask("train", "digits.py", 3));
    Files.writeString(
        usr.resolve("swci-init"),
        """
        EXIT ON FAILURE
        wait for ip sn1
        create context digits with ip sn1
        switch context digits
        cd /platform/swarm/usr
        create task from build.yaml
        finalize task build
        get task info build
        get task body build
        list tasks
        RESET TASKRUNNER defaulttaskbb.taskdb.sml.hpe
        ASSIGN TASK build TO defaulttaskbb.taskdb.sml.hpe WITH 2 PEERS
        WAIT FOR TASKRUNNER defaulttaskbb.taskdb.sml.hpe
        RESET TASKRUNNER defaulttaskbb.taskdb.sml.hpe
        create task from train.yaml
        finalize task train
        ASSIGN TASK train TO defaulttaskbb.taskdb.sml.hpe WITH 4 PEERS
        WAIT FOR TASKRUNNER defaulttaskbb.taskdb.sml.hpe
        PERFDATA defaultbb.cqdb.sml.hpe
        LIST NODES
        RESET TASKRUNNER defaulttaskbb.taskdb.sml.hpe
        LIST CONTRACTS
        EXIT
        """);
    String said =
        SwarmProcess.run(
            machines,
            LONG,
            "shell",
            "--folder",
            swarm.owner().toString(),
            "--script",
            usr.resolve("swci-init").toString(),
            "--usr-dir",
            usr.toString(),
            "--alias",
            "sn1=127.0.0.1:" + swarm.apiPort());
    System.out.println(said);
    assertThat(said)
        .contains(
            "Task Registered : train",
            "host-1-0",
            "host-1-1",
            "host-2-0",
            "host-2-1",
            "defaultbb.cqdb.sml.hpe")
        .doesNotContain("ERROR ");
    assertThat(said.split("TASK_STATE : COMPLETE", -1)).hasSize(3);
    swarm.assertOneModel();
    for (AgentHost host : swarm.hosts) {
      assertThat(host.command("logs", "--site", "1")).contains("round 3 loss", "final model");
    }
    swarm.awaitNothingRuns();
    TaskSwarm.create(swarm.board(), swarm.runTask("hold", "hold.py", 1));
  }

  @Test
  @Order(2)
  void pythonAndCurlTrainByTheService() throws Exception {
    try (ServedSwarm service = new ServedSwarm(swarm)) {
      service.pythonTrains();
      service.curlTrains();
    }
  }

  @Test
  @Order(3)
  void aTrainerFails() throws Exception {
    long unused = swarm.holdEverywhere();
    swarm.hosts.get(0).end(0, "0");
    swarm.hosts.get(0).end(1, "1");
    swarm.hosts.get(1).end(0, "0");
    swarm.hosts.get(1).end(1, "0");
    swarm.awaitState("one of four fails", RunState.ERROR);
    assertThat(swarm.peers())
        .filteredOn(peer -> peer.state() == PeerState.ERROR)
        .singleElement()
        .satisfies(
            peer ->
                assertThat(peer.description())
                    .contains("host-1-1 ended with exit code 1", "this is what the data said"));
    swarm.reset();
  }

  @Test
  @Order(4)
  void anAgentIsKilled() throws Exception {
    long unused = swarm.holdEverywhere();
    swarm.hosts.get(0).killAndRestart();
    swarm.endEverywhere();
    swarm.awaitState("an agent was killed and restarted", RunState.COMPLETE);
    swarm.reset();
  }

  @Test
  @Order(5)
  void theNetworkNodeIsKilled() throws Exception {
    long run = swarm.holdEverywhere();
    swarm.killNetworkNode();
    // What runs goes on, and ends while nobody can hear of it.
    swarm.endEverywhere();
    for (AgentHost host : swarm.hosts) {
      host.awaitSaid("the chain does not serve this agent");
      await().atMost(SOON).untilAsserted(() -> assertThat(host.processes()).isEmpty());
    }
    String unused = swarm.runSn();
    swarm.awaitState("the network node was killed and restarted", RunState.COMPLETE);
    assertThat(swarm.board().taskrunner(RUNNER).orElseThrow().assignment().orElseThrow().run())
        .isEqualTo(run);
    swarm.reset();
  }

  @Test
  @Order(6)
  void aStrangersTaskWaitsForTheOwners() throws Exception {
    PeopleAtWork.in(swarm).aStrangersTaskWaits();
  }

  @Test
  @Order(7)
  void twoAssignAtOnceAndPeersAreMissing() throws Exception {
    PeopleAtWork.in(swarm).twoAssignAtOnceAndPeersAreMissing();
  }

  @Test
  @Order(8)
  void aBodyIsInvalid() throws Exception {
    PeopleAtWork.in(swarm).aBodyIsInvalid();
  }

  @Test
  @Order(9)
  void containersTrain() throws Exception {
    Optional<Path> engine = engine();
    Assumptions.assumeTrue(engine.isPresent(), "there is no Podman for this test");
    ContainerScene.play(swarm.hpe, engine.get());
  }

  @Test
  @Order(10)
  void sitesByHandTrain() throws Exception {
    RunSlScene.play(swarm.hpe, engine());
  }

  @Test
  @Order(11)
  void theConsoleTrainsByClicks() throws Exception {
    Chromium.assumePresent();
    console = new ConsoleScene(swarm);
    console.trains();
  }

  @Test
  @Order(12)
  void theConsoleComparesAndAdmitsByClicks() throws Exception {
    ConsoleScene scene = console();
    try (OpenedConsole opened = scene.open()) {
      ConsoleStudy study = new ConsoleStudy(swarm, opened);
      study.compares();
      study.resets();
      study.admits();
      study.audits();
      opened.assertQuiet(scene.address());
    }
  }

  @Test
  @Order(13)
  void theConsoleIsReadByDayAndNightOnAPhoneAndFarAway() throws Exception {
    ConsoleReaders readers = new ConsoleReaders(console());
    readers.lookByDayAndNight();
    readers.lookAtAPhone();
    readers.lookFromFarAway();
    readers.seeTheFirstPageSoon();
  }

  @Test
  @Order(14)
  void theConsoleIsUsedByKeyboard() throws Exception {
    new ConsoleReaders(console()).workByKeyboard();
  }

  private static ConsoleScene console() {
    Assumptions.assumeTrue(console != null, "the first scene of the console has not begun");
    return Objects.requireNonNull(console);
  }

  /** Podman, unless it cannot be used here. */
  private static Optional<Path> engine() throws Exception {
    try {
      return Optional.of(RealPodman.socket());
    } catch (IllegalStateException e) {
      if (RealPodman.isRequired()) {
        throw e;
      }
      System.out.println("a training in containers is not tried: " + e.getMessage());
      return Optional.empty();
    }
  }
}

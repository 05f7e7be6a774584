package io.swarmstream.tasks.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.chain.tasks.PeerReport;
import io.swarmstream.clients.chain.tasks.PeerState;
import io.swarmstream.clients.chain.tasks.Peers;
import io.swarmstream.clients.chain.tasks.RegisteredAgent;
import io.swarmstream.clients.chain.tasks.RunState;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.clients.chain.tasks.TaskType;
import io.swarmstream.tasks.policy.RunPolicy;
import io.swarmstream.tasks.run.RunFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class TaskAgentTest {
  @TempDir private Path folder;
  private AgentScene scene;

  @BeforeEach
  void begin() throws Exception {
    scene = new AgentScene(folder);
  }

  @Test
  void registersAndWaitsForWork() {
    scene.steps(3);
    assertThat(scene.author.registered(AgentScene.RUNNER))
        .containsExactly(new RegisteredAgent(AgentScene.AGENT, 2));
    assertThat(scene.notices).containsExactly("Ready for Task Execution!");
  }

  @Test
  void buildsAndSaysSo() {
    scene.build("env");
    scene.steps(1).assign("env", 1);
    scene.steps(4);
    assertThat(scene.runner().state()).isEqualTo(RunState.COMPLETE);
    scene.assertPeer(0, PeerState.COMPLETE, "Build Task Completed");
    assertThat(scene.peers()).extracting(PeerReport::uid).containsExactly("host-1");
    assertThat(scene.host.runtimes).contains("out-of-env");
  }

  @Test
  void saysWhyABuildFailed() {
    scene.build("env");
    scene.host.buildFailure = new RunFailure("step 2 failed: No space left on device");
    scene.steps(1).assign("env", 1);
    scene.steps(4);
    assertThat(scene.runner().state()).isEqualTo(RunState.ERROR);
    scene.assertPeer(0, PeerState.ERROR, "No space left on device");
  }

  @Test
  void saysWhereABodyIsInvalid() {
    scene.task(
        scene.author,
        "bad",
        TaskType.MAKE_USER_CONTAINER,
        TaskBoard.ROOT_TASK,
        "BuildType: INLINE",
        "BuildSteps: {a: b}");
    scene.steps(1).assign("bad", 1);
    scene.steps(3);
    scene.assertPeer(0, PeerState.ERROR, "body:2");
  }

  @Test
  void anImageThatDoesNotExistIsNamed() {
    scene.task(
        scene.author,
        "pull",
        TaskType.PULL_IMAGE,
        TaskBoard.ROOT_TASK,
        "RepoName: nowhere",
        "Tag: v1");
    scene.steps(1).assign("pull", 1);
    scene.steps(4);
    scene.assertPeer(0, PeerState.ERROR, "nowhere:v1 does not exist");
  }

  @Test
  void trainsAtBothSites() {
    scene.train(scene.author, "train");
    scene.steps(1).assign("train", 2);
    scene.steps(4);
    assertThat(scene.host.orders).hasSize(2);
    assertThat(scene.host.orders.get(1).command()).containsExactly("python3", "train.py", "--fast");
    assertThat(scene.host.orders.get(1).variables())
        .containsEntry("NODE", "1")
        .containsEntry("MIN_PEERS", "2");
    scene.assertPeer(0, PeerState.RUNNING, "Enroll Successful");
    scene.host.runningTrainers().forEach(trainer -> trainer.end(0));
    scene.steps(3);
    assertThat(scene.runner().state()).isEqualTo(RunState.COMPLETE);
    assertThat(scene.peers()).extracting(PeerReport::uid).containsExactly("host-1-0", "host-1-1");
    assertThat(scene.host.running()).as("nodes leave when their trainer has ended").isZero();
    scene.author.reset(AgentScene.RUNNER);
    scene.steps(2);
    assertThat(scene.host.trainers).isEmpty();
    assertThat(folder.resolve("runs/1/0/trainer.log")).hasContent("epoch 1\n");
  }

  @Test
  void aTrainerThatFailsIsQuotedAndDoesNotStopTheOther() {
    scene.train(scene.author, "train");
    scene.steps(1).assign("train", 2);
    scene.steps(4);
    scene.host.runningTrainers().get(0).printed = "x".repeat(5000) + "\nValueError: no data\n";
    scene.host.runningTrainers().get(0).end(1);
    scene.steps(2);
    scene.assertPeer(0, PeerState.ERROR, "host-1-0 ended with exit code 1", "ValueError: no data");
    assertThat(scene.peers().get(0).description()).hasSizeLessThan(4000);
    scene.assertPeer(1, PeerState.RUNNING);
    scene.host.runningTrainers().get(0).end(0);
    scene.steps(2);
    assertThat(scene.runner().state()).isEqualTo(RunState.ERROR);

    // The agent is called again.
    scene.author.assign(AgentScene.RUNNER, "train", new Peers.Target(AgentScene.AGENT));
    scene.steps(4);
    assertThat(scene.host.runningTrainers()).hasSize(2);
    scene.host.runningTrainers().forEach(trainer -> trainer.end(0));
    scene.steps(2);
    assertThat(scene.runner().state()).isEqualTo(RunState.COMPLETE);
  }

  @Test
  void nothingRunsAfterAReset() {
    scene.train(scene.author, "train");
    scene.steps(1).assign("train", 2);
    scene.steps(4);
    assertThat(scene.host.running()).isEqualTo(4);
    scene.author.reset(AgentScene.RUNNER);
    scene.steps(1);
    assertThat(scene.host.running()).isZero();
    assertThat(scene.host.trainers).isEmpty();
  }

  @Test
  void aBuildIsStoppedByAReset() {
    scene.build("env");
    scene.host.isSlow = true;
    scene.steps(1).assign("env", 1);
    scene.steps(4);
    scene.assertPeer(0, PeerState.RUNNING);
    scene.author.reset(AgentScene.RUNNER);
    scene.steps(2);
    scene.host.isSlow = false;
    assertThat(scene.host.runtimes).isEmpty();
  }

  @Test
  void aBuildThatIsSlowCompletes() {
    scene.build("env");
    scene.host.isSlow = true;
    scene.steps(1).assign("env", 1);
    scene.steps(4);
    scene.host.isSlow = false;
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(scene.steps(1).runner().state()).isEqualTo(RunState.COMPLETE));
  }

  @Test
  void anAgentThatWasKilledGoesOn() throws Exception {
    scene.train(scene.author, "train");
    scene.steps(1).assign("train", 2);
    scene.steps(4);
    scene.host.runningTrainers().get(1).end(0);
    scene.restart();
    scene.steps(2);
    assertThat(scene.host.orders).as("nothing is started twice").hasSize(2);
    scene.assertPeer(1, PeerState.COMPLETE);
    scene.host.runningTrainers().get(0).end(0);
    scene.steps(2);
    assertThat(scene.runner().state()).isEqualTo(RunState.COMPLETE);
  }

  @Test
  void anAgentThatLostItsJournalReportsThat() throws Exception {
    scene.train(scene.author, "train");
    scene.steps(1).assign("train", 2);
    scene.steps(4);
    Files.delete(scene.home.journal());
    scene.restart();
    scene.steps(2);
    scene.assertPeer(0, PeerState.ERROR, "lost its journal");
    assertThat(scene.host.running()).isZero();
  }

  @Test
  void aNodeThatEndsIsStartedAgainAndThenGivenUp() {
    scene.train(scene.author, "train");
    scene.steps(1).assign("train", 2);
    scene.steps(4);
    scene.host.nodes.values().forEach(node -> node.isAlive = false);
    scene.steps(1);
    assertThat(scene.host.running()).isEqualTo(4);
    scene.host.breakNode(0);
    scene.host.nodes.values().forEach(node -> node.isAlive = false);
    scene.steps(5);
    scene.assertPeer(0, PeerState.ERROR, "node of site host-1-0 has ended 3 times");
    scene.assertPeer(1, PeerState.RUNNING);
    assertThat(scene.host.running()).isEqualTo(2);
  }

  @Test
  void aNodeThatIsNeverReadyHasADeadline() {
    scene.host.areNodesReady = false;
    scene.train(scene.author, "train");
    scene.steps(1).assign("train", 2);
    scene.steps(70);
    scene.assertPeer(0, PeerState.ERROR, "was not ready within 60 s");
    assertThat(scene.host.running()).isZero();
  }

  @Test
  void aTaskHasALimit() {
    scene.train(scene.author, "train");
    scene.steps(1).assign("train", 2);
    scene.steps(4).later(Duration.ofHours(6)).steps(2);
    scene.assertPeer(0, PeerState.ERROR, "did not end within 300 minutes");
    assertThat(scene.host.running()).isZero();
  }

  @Test
  void anEnvironmentThatIsMissingIsNamed() {
    scene.train(scene.author, "train");
    scene.host.runtimes.clear();
    scene.steps(1).assign("train", 2);
    scene.steps(4);
    scene.assertPeer(0, PeerState.ERROR, "out-of-env-of-train", "run task env-of-train");
  }

  @Test
  void aStrangersTaskWaitsForTheOwner() throws Exception {
    scene.train(scene.board, "foreign");
    scene.steps(1).assign("foreign", 2);
    scene.steps(3);
    scene.assertPeer(0, PeerState.WAITING, "waits for the owner of host-1", "approve 1");
    assertThat(scene.host.running()).isZero();
    WaitingRun waiting = scene.desk.waiting().orElseThrow();
    assertThat(waiting.authors()).contains("mallory");
    assertThat(waiting.body()).contains("Command: train.py --fast");
    scene.restart();
    scene.desk.answerRun(AgentScene.RUNNER, 1, true);
    scene.steps(4);
    assertThat(scene.host.running()).isEqualTo(4);
    assertThat(scene.desk.waiting()).isEmpty();
  }

  @Test
  void theOwnerMayDenyARunOrAnAuthor() throws Exception {
    scene.train(scene.board, "foreign");
    scene.steps(1).assign("foreign", 2);
    scene.steps(3);
    scene.desk.answerAuthor("mallory", false);
    scene.steps(2);
    scene.assertPeer(0, PeerState.ERROR, "denied");
    scene.author.reset(AgentScene.RUNNER);
    scene.desk.answerTask("foreign", true);
    scene.steps(1).assign("foreign", 2);
    scene.steps(4);
    scene.assertPeer(0, PeerState.RUNNING);
  }

  @Test
  void whoAcceptsAllIsNotAsked() throws Exception {
    scene.restart(java.util.Set.of(), true);
    scene.train(scene.board, "foreign");
    scene.steps(1).assign("foreign", 2);
    scene.steps(4);
    scene.assertPeer(0, PeerState.RUNNING);
  }

  @Test
  void aMountThatNobodyMayHaveIsRefusedWhateverTheOwnerSays() throws Exception {
    scene.restart(java.util.Set.of(), true);
    scene.train(scene.author, "first");
    scene.task(
        scene.author,
        "spy",
        TaskType.RUN_SWARM,
        "env-of-first",
        "Command: train.py",
        "WorkingDir: /tmp",
        "SharedContent: [{Src: /etc, Tgt: /x, MType: BIND}]");
    scene.steps(1).assign("spy", 2);
    scene.steps(4);
    scene.assertPeer(0, PeerState.ERROR, "policy forbids it", "/etc");
    assertThat(scene.host.orders).isEmpty();
  }

  @Test
  void anImageThatABuildCopiesFromIsJudgedToo() throws Exception {
    scene.restart(RunPolicy.of("policy.yaml", "images: [\"python:3\"]"));
    scene.task(
        scene.author,
        "copy",
        TaskType.MAKE_USER_CONTAINER,
        TaskBoard.ROOT_TASK,
        "BuildType: INLINE",
        "BuildSteps: [\"FROM python:3\", \"COPY --from=evil/image /x /x\"]");
    scene.steps(1).assign("copy", 1);
    scene.steps(4);
    scene.assertPeer(0, PeerState.ERROR, "policy forbids it", "evil/image is not listed");
  }

  @Test
  void theTenthAttemptIsNewerThanTheNinth() throws Exception {
    AgentHome home = AgentHome.in(folder);
    for (String run : List.of("3.9", "3.10", "2", "10")) {
      Files.createDirectories(folder.resolve("runs").resolve(run));
    }
    assertThat(home.runs())
        .extracting(run -> run.getFileName().toString())
        .containsExactly("10", "3.10", "3.9", "2");
  }

  @Test
  void anotherRunSupersedesTheFirst() {
    scene.train(scene.author, "train");
    scene.build("env");
    scene.steps(1).assign("train", 2);
    scene.steps(4);
    scene.author.reset(AgentScene.RUNNER);
    scene.assign("env", 1);
    scene.steps(4);
    assertThat(scene.host.running()).isZero();
    assertThat(scene.runner().state()).isEqualTo(RunState.COMPLETE);
  }
}

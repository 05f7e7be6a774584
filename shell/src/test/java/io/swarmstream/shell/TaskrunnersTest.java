package io.swarmstream.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.chain.tasks.PeerReport;
import io.swarmstream.clients.chain.tasks.PeerState;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.shell.session.Outcome;
import io.swarmstream.testkit.real.MemoryTaskBoard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskrunnersTest {
  private static final String RUNNER = TaskBoard.DEFAULT_TASKRUNNER;
  private static final String WAIT = "WAIT FOR TASKRUNNER " + RUNNER;

  @TempDir private Path home;
  private TestShell shell;
  private MemoryTaskBoard host1;
  private MemoryTaskBoard host2;

  @BeforeEach
  void begin() throws IOException {
    shell = new TestShell(home);
    begin(shell);
  }

  private void begin(TestShell begun) throws IOException {
    host1 = agent(begun, "host-1", '1');
    host2 = agent(begun, "host-2", '2');
    var build = begun.file("build.yaml", TaskTexts.BUILD);
    var run = begun.file("run.yaml", TaskTexts.RUN);
    begun.said("CREATE TASK FROM " + build.getFileName());
    begun.said("FINALIZE TASK build-env");
    begun.said("CREATE TASK FROM " + run.getFileName());
    begun.said("FINALIZE TASK train");
  }

  private static MemoryTaskBoard agent(TestShell begun, String name, char digit) {
    String account = "0x" + String.valueOf(digit).repeat(40);
    begun.swarm.member(name, account, "", "agent");
    begun.swarm.node("SWOP", name, "", true);
    MemoryTaskBoard agent = begun.swarm.board.as(account, Role.AGENT);
    agent.register(RUNNER, 2);
    return agent;
  }

  private static void report(
      MemoryTaskBoard agent, int index, String uid, PeerState state, String text) {
    agent.report(RUNNER, 1, List.of(new PeerReport(index, uid, state, text)));
  }

  @Test
  void areMadeAndListed() {
    assertThat(shell.said("CREATE TASKRUNNER night")).containsExactly("TASKRUNNER CREATED : night");
    assertThat(shell.error("CREATE TASKRUNNER night")).contains("already");
    assertThat(shell.said("LIST TASKRUNNERS"))
        .containsExactly(RUNNER + "  IDLE", "night                         IDLE");
    assertThat(shell.said("GET TASKRUNNER INFO " + RUNNER))
        .contains("REGISTERED SWOPS : 2", "  SWOP UID : host-1 , SITES : 2");
    assertThat(shell.error("GET TASKRUNNER INFO day")).contains("no taskrunner day", "night");
  }

  @Test
  void areIdleAtFirst() {
    assertThat(shell.said("GET TASKRUNNER STATUS " + RUNNER))
        .contains("TASK NAME : Empty", "TASK_STATE : IDLE", "ACTIVE PEERS : 0");
    assertThat(shell.said(WAIT))
        .startsWith("WAITING FOR TASKRUNNER TO COMPLETE")
        .endsWith("TASK_STATE : IDLE");
    assertThat(shell.said("LOGS " + RUNNER))
        .containsExactly("No agent has reported; " + RUNNER + " is IDLE.");
    assertThat(shell.said("LIST TASKRUNNER PEERS " + RUNNER)).hasSize(1);
  }

  @Test
  void runATaskOfAgents() {
    assertThat(shell.said("ASSIGN TASK build-env TO " + RUNNER + " WITH 2 PEERS"))
        .containsExactly("TASK ASSIGNED : build-env TO " + RUNNER + " , RUN : 1");
    assertThat(shell.said("GET TASKRUNNER STATUS " + RUNNER))
        .contains(
            "TASK NAME : build-env",
            "PEER TYPE : SWOP",
            "TASK_STATE : RUNNING",
            "ASSIGNED BY : org-a");
    assertThat(shell.error("ASSIGN TASK build-env TO " + RUNNER + " WITH 1 PEERS"))
        .contains(RUNNER);
    host1.enrol(RUNNER, 1, 1);
    host2.enrol(RUNNER, 1, 1);
    report(host1, 0, "host-1", PeerState.RUNNING, "Build thread has started");
    int[] pauses = {0};
    shell.onPause =
        () -> {
          pauses[0]++;
          if (pauses[0] == 3) {
            report(host1, 0, "host-1", PeerState.COMPLETE, "Build Task Completed");
          }
          if (pauses[0] == 5) {
            report(host2, 0, "host-2", PeerState.COMPLETE, "Build Task Completed");
          }
        };
    assertThat(shell.said(WAIT))
        .containsExactly(
            "WAITING FOR TASKRUNNER TO COMPLETE",
            "# 0 of 2 peers completed, 2 active, 0 failed",
            "# host-1 : RUNNING : Build thread has started",
            "# host-2 : RUNNING",
            "# 1 of 2 peers completed, 1 active, 0 failed",
            "# host-1 : COMPLETE : Build Task Completed",
            "# 2 of 2 peers completed, 0 active, 0 failed",
            "# host-2 : COMPLETE : Build Task Completed",
            "TASK_STATE : COMPLETE");
    assertThat(shell.said("RESET TASKRUNNER " + RUNNER))
        .containsExactly("TASKRUNNER RESET : " + RUNNER);
    assertThat(shell.said("GET TASKRUNNER STATUS " + RUNNER)).contains("TASK_STATE : IDLE");
  }

  @Test
  void showTheSitesOfAgents() {
    shell.said("ASSIGN TASK train TO " + RUNNER + " WITH 3 PEERS");
    host1.enrol(RUNNER, 1, 2);
    report(host1, 0, "host-1-0", PeerState.RUNNING, "Enroll Successful");
    report(host1, 1, "host-1-1", PeerState.ERROR, "trainer ended with 1");
    assertThat(shell.said("LIST TASKRUNNER PEERS " + RUNNER)).containsExactly("0 : host-1");
    for (String peer : List.of("0", "host-1", "0x" + "1".repeat(40))) {
      assertThat(shell.said("GET TASKRUNNER PEER STATUS " + RUNNER + " " + peer))
          .containsExactly(
              "SWOP UID : host-1",
              "NUMBER OF SLS : 2",
              "SL UID : host-1-0",
              "  STATUS : RUNNING",
              "  DESCRIPTION : Enroll Successful",
              "SL UID : host-1-1",
              "  STATUS : ERROR",
              "  DESCRIPTION : trainer ended with 1");
    }
    assertThat(shell.error("GET TASKRUNNER PEER STATUS " + RUNNER + " 1"))
        .contains("there are 0 to 0: host-1");
    assertThat(shell.said("LOGS " + RUNNER + " host-1"))
        .hasSize(2)
        .last()
        .asString()
        .endsWith("host-1 host-1-1 ERROR trainer ended with 1");
  }

  @Test
  void failWithTheReason() {
    shell.said("ASSIGN TASK build-env TO " + RUNNER + " WITH 2 PEERS");
    host1.enrol(RUNNER, 1, 1);
    host2.enrol(RUNNER, 1, 1);
    report(host1, 0, "host-1", PeerState.ERROR, "no space left on the device");
    report(host2, 0, "host-2", PeerState.COMPLETE, "");
    Outcome outcome = shell.run(WAIT);
    assertThat(outcome.lines()).contains("TASK_STATE : ERROR");
    assertThat(outcome.error())
        .contains(
            "build-env failed at 1 peers: host-1 (no space left on the device)",
            "RESET TASKRUNNER");
    // Another try of that agent alone.
    shell.said("ASSIGN TASK build-env TO " + RUNNER + " TARGET host-1");
    assertThat(shell.said("GET TASKRUNNER STATUS " + RUNNER)).contains("TASK_STATE : RUNNING");
  }

  @Test
  void endTheWaitAtItsLimit() throws Exception {
    shell.said("ASSIGN TASK train TO " + RUNNER + " WITH 2 PEERS");
    shell.said("SET CONTEXT ENV own SWCI_RUN_TASK_MAX_WAIT_TIME 2");
    host1.enrol(RUNNER, 1, 2);
    report(host1, 0, "host-1-0", PeerState.WAITING, "waits for its owner");
    Outcome outcome = shell.run(WAIT);
    assertThat(outcome.lines())
        .contains("WARNING - Maximum configured SWCI wait time is over", "TASK_STATE : RUNNING");
    assertThat(outcome.error())
        .contains(
            "still active are host-1 host-1-0 (waits for its owner)",
            "SWCI_RUN_TASK_MAX_WAIT_TIME");
    assertThat(shell.passed()).isEqualTo(Duration.ofMinutes(2));
    shell.said("SET CONTEXT ENV own SWCI_RUN_TASK_MAX_WAIT_TIME soon");
    assertThat(shell.error(WAIT)).contains("SWCI_RUN_TASK_MAX_WAIT_TIME is soon");

    TestShell other =
        new TestShell(home.resolve("other"), Map.of("SWCI_GENERIC_TASK_MAX_WAIT_TIME", "0.5"));
    begin(other);
    other.said("ASSIGN TASK build-env TO " + RUNNER + " WITH 1 PEERS");
    assertThat(other.error(WAIT)).contains("no other has enrolled");
    assertThat(other.passed()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void waitTwoHoursIfNothingElseIsSaid() {
    shell.said("ASSIGN TASK train TO " + RUNNER + " WITH 2 PEERS");
    assertThat(shell.error(WAIT)).contains("has not completed");
    assertThat(shell.passed()).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void goOnWhenAWaitIsInterrupted() {
    shell.said("ASSIGN TASK train TO " + RUNNER + " WITH 2 PEERS");
    shell.onPause = () -> Thread.currentThread().interrupt();
    assertThat(shell.error(WAIT)).isEqualTo("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(shell.said("GET TASKRUNNER STATUS " + RUNNER)).contains("TASK_STATE : RUNNING");
  }

  @Test
  void takeAllThatWereHeard() {
    assertThat(shell.said("ASSIGN TASK train TO " + RUNNER + " WITH ALL PEERS")).hasSize(1);
    assertThat(shell.said("GET TASKRUNNER STATUS " + RUNNER)).contains("REQUIRED PEERS : 4");
    shell.said("RESET TASKRUNNER " + RUNNER);
    shell.swarm.nodes.removeIf(node -> node.member().equals("host-2"));
    shell.said("ASSIGN TASK train TO " + RUNNER + " WITH ALL PEERS");
    assertThat(shell.said("GET TASKRUNNER STATUS " + RUNNER)).contains("REQUIRED PEERS : 2");
    shell.said("RESET TASKRUNNER " + RUNNER);
    shell.swarm.nodes.clear();
    assertThat(shell.error("ASSIGN TASK train TO " + RUNNER + " WITH ALL PEERS"))
        .contains("heard lately", "host-1, host-2");
  }

  @Test
  void warnWhenThereAreFewerThanAsked() {
    assertThat(shell.said("ASSIGN TASK train TO " + RUNNER + " WITH 9 PEERS"))
        .first()
        .asString()
        .contains("WARNING - 9 peers are needed, and the registered agents have 4");
  }

  @Test
  void refuseWhatCannotRun() {
    assertThat(shell.error("ASSIGN TASK none TO " + RUNNER + " WITH 1 PEERS"))
        .contains("no task none");
    assertThat(shell.error("ASSIGN TASK train TO day WITH 1 PEERS")).contains("no taskrunner day");
    assertThat(shell.error("ASSIGN TASK train TO " + RUNNER + " TARGET host-9"))
        .contains("no agent host-9", "host-1, host-2");
    assertThat(shell.error("ASSIGN TASK ROOTTASK TO " + RUNNER + " WITH 1 PEERS"))
        .contains("ROOTTASK");
  }
}

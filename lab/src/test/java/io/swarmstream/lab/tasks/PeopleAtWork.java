package io.swarmstream.lab.tasks;

import static io.swarmstream.lab.tasks.TaskSwarm.RUNNER;
import static io.swarmstream.lab.tasks.TaskSwarm.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.chain.tasks.PeerState;
import io.swarmstream.clients.chain.tasks.RunState;
import io.swarmstream.lab.console.Chromium;
import io.swarmstream.lab.network.SwarmProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Two members with shells, sn1 and carol, whom the agents do not know, and the owners of the hosts.
 */
final class PeopleAtWork {
  private static final Duration COMMAND = Duration.ofMinutes(2);

  private final TaskSwarm swarm;
  private final Path carol;

  /** How a shell ended, and what it printed. */
  private record Ended(int code, String said) {}

  private PeopleAtWork(TaskSwarm swarm, Path carol) {
    this.swarm = swarm;
    this.carol = carol;
  }

  /** Lets carol join if she is no member yet. */
  static PeopleAtWork in(TaskSwarm swarm) throws Exception {
    Path carol = swarm.machines.resolve("carol");
    PeopleAtWork people = new PeopleAtWork(swarm, carol);
    if (!Files.exists(carol)) {
      String invitation = swarm.invite("carol", "--role", "owner").toString();
      String unused =
          SwarmProcess.run(
              swarm.machines, SOON, "site", "join", invitation, "--folder", carol.toString());
      // The script's context leads to an alias.
      people.good(swarm.owner(), "SWITCH CONTEXT own");
    }
    return people;
  }

  private SwarmProcess shell(Path member, String... commands) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("shell", "--folder", member.toString()));
    arguments.addAll(List.of("--usr-dir", swarm.machines.toString()));
    for (String command : commands) {
      arguments.addAll(List.of("-c", command));
    }
    return SwarmProcess.start(swarm.machines, arguments.toArray(String[]::new));
  }

  private static Ended ended(SwarmProcess shell) throws Exception {
    try (shell) {
      return new Ended(shell.awaitEnd(COMMAND), shell.printed());
    }
  }

  private void good(Path member, String... commands) throws Exception {
    Ended ended = ended(shell(member, commands));
    assertThat(ended.code()).as(ended.said()).isZero();
  }

  private void bad(Path member, String command, String... words) throws Exception {
    Ended ended = ended(shell(member, command));
    assertThat(ended.code()).as(ended.said()).isEqualTo(1);
    assertThat(ended.said()).contains("ERROR ").contains(words);
  }

  void aStrangersTaskWaits() throws Exception {
    AgentHost first = swarm.hosts.get(0);
    AgentHost second = swarm.hosts.get(1);
    first.hold();
    second.hold();
    Files.writeString(
        swarm.machines.resolve("foreign.yaml"), swarm.runTask("foreign", "hold.py", 1));
    good(
        carol,
        "CREATE TASK FROM foreign.yaml",
        "FINALIZE TASK foreign",
        "ASSIGN TASK foreign TO " + RUNNER + " WITH 4 PEERS");
    swarm.awaitPeers(PeerState.WAITING, 2, "waits for the owner of host-1 to approve it");
    swarm.awaitPeers(PeerState.WAITING, 2, "waits for the owner of host-2 to approve it");
    assertThat(first.command("waiting"))
        .contains("task     foreign", "carol", "Command: model/hold.py", "agent approve");
    swarm.awaitNothingRuns();

    if (Chromium.missing().isEmpty()) {
      AgentPageScene.approve(first, "foreign");
    } else {
      assertThat(first.command("approve")).contains("task foreign) is approved");
    }
    assertThat(second.command("deny", "--author", "carol")).contains("tasks of carol is denied");
    swarm.awaitPeers(PeerState.RUNNING, 2, "Enroll Successful");
    swarm.awaitPeers(PeerState.ERROR, 2, "the owner of this host has denied it");
    assertThat(second.sites()).isEmpty();
    assertThat(second.command("waiting")).contains("Nothing waits.");

    // The owner has another mind, and is called again; the others go on meanwhile.
    assertThat(second.command("approve", "--author", "carol")).contains("is approved");
    good(carol, "ASSIGN TASK foreign TO " + RUNNER + " TARGET host-2");
    swarm.awaitPeers(PeerState.RUNNING, 4, "Enroll Successful");
    swarm.endEverywhere();
    swarm.awaitState("a denied host was called again", RunState.COMPLETE);
    good(carol, "RESET TASKRUNNER " + RUNNER);
    swarm.awaitNothingRuns();
  }

  void twoAssignAtOnceAndPeersAreMissing() throws Exception {
    for (AgentHost host : swarm.hosts) {
      host.hold();
      assertThat(host.command("approve", "--author", "carol")).contains("is approved");
    }
    TaskSwarm.create(swarm.board(), swarm.runTask("hold-too", "hold.py", 1));
    String to = " TO " + RUNNER + " WITH 5 PEERS";
    List<SwarmProcess> shells =
        List.of(
            shell(swarm.owner(), "ASSIGN TASK hold" + to),
            shell(carol, "ASSIGN TASK hold" + to),
            shell(swarm.owner(), "ASSIGN TASK hold-too" + to)); // by the same account
    List<Ended> all = new ArrayList<>();
    for (SwarmProcess shell : shells) {
      all.add(ended(shell));
    }
    assertThat(all)
        .filteredOn(ended -> ended.code() == 0)
        .singleElement()
        .satisfies(
            winner ->
                assertThat(winner.said())
                    .contains("TASK ASSIGNED : hold", "5 peers are needed")
                    .contains("the registered agents have 4; the task waits for more"));
    assertThat(all)
        .filteredOn(ended -> ended.code() == 1)
        .hasSize(2)
        .allSatisfy(
            loser ->
                assertThat(loser.said())
                    .contains("ERROR ", " is running task hold", "RESET TASKRUNNER " + RUNNER));
    swarm.awaitPeers(PeerState.RUNNING, 4, "Enroll Successful");

    good(swarm.owner(), "SET CONTEXT ENV own SWCI_RUN_TASK_MAX_WAIT_TIME 0.05");
    String wait = "WAIT FOR TASKRUNNER " + RUNNER;
    bad(
        swarm.owner(),
        wait,
        "Maximum configured SWCI wait time is over",
        "0 of 5 peers have; still active are host-",
        "host-1 host-1-0 (Enroll Successful",
        "the task goes on");
    swarm.endEverywhere();
    swarm.awaitPeers(PeerState.COMPLETE, 4, "Training completed");
    bad(swarm.owner(), wait, "4 of 5 peers have; no other has enrolled");
    good(swarm.owner(), "SET CONTEXT ENV own SWCI_RUN_TASK_MAX_WAIT_TIME 120");
    swarm.reset();

    // As many as there are, stopped in the middle.
    long unused = swarm.holdEverywhere();
    for (AgentHost host : swarm.hosts) {
      await("the sites of " + host.name).atMost(SOON).until(() -> host.sites().size() == 2);
    }
    swarm.reset();
  }

  void aBodyIsInvalid() throws Exception {
    Files.writeString(
        swarm.machines.resolve("bad.yaml"),
        swarm.runTask("bad", "hold.py", 1).replace("WorkingDir: /tmp/test", "WorkingDir: tmp"));
    bad(
        swarm.owner(),
        "CREATE TASK FROM bad.yaml",
        "bad.yaml:9:17: Body.WorkingDir is 'tmp', expected an absolute path");
    assertThat(swarm.board().task("bad")).isEmpty();

    // Line by line, nobody looks before the agents do.
    good(
        swarm.owner(),
        "CREATE TASK RUN_SWARM by-hand org-a build by-hand",
        "APPEND TASK BODY by-hand 1 Command: model/hold.py",
        "APPEND TASK BODY by-hand 2 WorkingDir: tmp",
        "FINALIZE TASK by-hand",
        "ASSIGN TASK by-hand TO " + RUNNER + " WITH 4 PEERS");
    swarm.awaitPeers(PeerState.ERROR, 4, "body:2:13: WorkingDir is 'tmp'");
    bad(
        swarm.owner(),
        "WAIT FOR TASKRUNNER " + RUNNER,
        "task by-hand failed at 4 peers: host-",
        "body:2:13");
    swarm.reset();
  }
}

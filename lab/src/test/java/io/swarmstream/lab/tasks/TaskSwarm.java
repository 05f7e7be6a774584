package io.swarmstream.lab.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.tasks.AgentRun;
import io.swarmstream.clients.chain.tasks.PeerReport;
import io.swarmstream.clients.chain.tasks.PeerState;
import io.swarmstream.clients.chain.tasks.Peers;
import io.swarmstream.clients.chain.tasks.RunState;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.lab.hpe.HpeHost;
import io.swarmstream.lab.network.SwarmProcess;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.tasks.definitions.TaskDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A swarm that HPE's command lines have started, whose first member is sn1 of org-a, and the hosts
 * of two task agents.
 */
final class TaskSwarm implements AutoCloseable {
  static final String RUNNER = TaskBoard.DEFAULT_TASKRUNNER;
  static final Duration LONG = Duration.ofMinutes(5);
  static final Duration SOON = Duration.ofMinutes(1);

  final Path machines;
  final HpeHost hpe;
  final List<AgentHost> hosts = new ArrayList<>();
  private final NetworkFolder folder;
  private final ChainClient chain;

  TaskSwarm(Path machines) throws Exception {
    this.machines = machines;
    this.hpe = new HpeHost(machines.resolve("hpe"), "org-a");
    try {
      for (int i = 1; i <= 4; i++) {
        hpe.genCert(i);
      }
      System.out.println(runSn());
      this.folder = NetworkFolder.existing(cluster().resolve("network"));
      this.chain = ChainClient.signing(folder.chainOptions(), folder.account());
      for (int i = 1; i <= 2; i++) {
        String[] sites = {"--role", "agent", "--sites", "2", "--contract", "*"};
        hosts.add(new AgentHost(machines.resolve("h" + i), i, invite("host-" + i, sites)));
      }
    } catch (Exception | AssertionError e) {
      stop();
      throw e;
    }
  }

  /** Starts what does not run of the network node, Kafka, Flink and the job. */
  String runSn() throws Exception {
    return hpe.good(
        "run-sn",
        hpe.certificate("sn", 1),
        "--name=sn1",
        "--host-ip=127.0.0.1",
        "--sentinel",
        "--cluster",
        "--",
        "--any-ports");
  }

  private Path cluster() {
    return hpe.folder.resolve("state/members/sn1");
  }

  /** Kills the network node as a power failure would. */
  void killNetworkNode() throws Exception {
    Path pid = cluster().resolve("run/network.pid");
    ProcessHandle node =
        ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).get(0).strip())).orElseThrow();
    assertThat(node.destroyForcibly()).isTrue();
    await().atMost(SOON).until(() -> !node.isAlive());
  }

  /** Folder of the member sn1, which is the network node's. */
  Path owner() {
    return folder.path();
  }

  int apiPort() throws IOException {
    return folder.requiredSettings().port();
  }

  TaskBoard board() {
    return chain.tasks();
  }

  /** Makes an invitation. */
  Path invite(String name, String... more) throws Exception {
    Path invitation = machines.resolve(name + ".invite");
    List<String> command = new ArrayList<>(List.of("network", "invite", name));
    command.addAll(List.of(more));
    command.addAll(List.of("-o", invitation.toString(), "--folder", owner().toString()));
    String unused = SwarmProcess.run(machines, SOON, command.toArray(String[]::new));
    return invitation;
  }

  private String program(String name) throws IOException {
    Path file = machines.resolve("model").resolve(name);
    Files.createDirectories(machines.resolve("model"));
    try (InputStream source =
        Objects.requireNonNull(TaskSwarm.class.getResourceAsStream(name), name)) {
      Files.write(file, source.readAllBytes());
    }
    return "model/" + name;
  }

  /** A task that runs a program of the resources at four sites. */
  String runTask(String name, String program, int epochs) throws IOException {
    return """
        Name: %s
        TaskType: RUN_SWARM
        Author: org-a
        Prereq: build
        Outcome: %s
        Body:
            Command: %s
            Entrypoint: python3
            WorkingDir: /tmp/test
            Envvars: ["DATA_DIR": /tmp/test/app-data, "MAX_EPOCHS": %d, "MIN_PEERS": 4]
            PrivateContent: /tmp/test/app-data
            SharedContent:
            -   Src: %s
                Tgt: /tmp/test/model
                MType: BIND
        """
        .formatted(name, name, program(program), epochs, machines.resolve("model"));
  }

  /** Registers and finalises a task, as this member of the board. */
  static void create(TaskBoard board, String yaml) {
    TaskDefinition task = TaskDefinition.parse("test.yaml", yaml);
    board.create(task.asNewTask());
    board.writeBody(task.name(), 1, task.bodyLines());
    board.finalise(task.name());
  }

  /** A run of the holding program at all four sites; returns its number. */
  long holdEverywhere() throws IOException {
    for (AgentHost host : hosts) {
      host.hold();
    }
    long run = board().assign(RUNNER, "hold", new Peers.AtLeast(4));
    awaitPeers(PeerState.RUNNING, 4, "Enroll Successful");
    return run;
  }

  /** Lets all holding programs end well. */
  void endEverywhere() throws IOException {
    for (AgentHost host : hosts) {
      host.end(0, "0");
      host.end(1, "0");
    }
  }

  /** Makes the taskrunner idle, after which nothing runs at the hosts. */
  void reset() {
    board().reset(RUNNER);
    awaitNothingRuns();
  }

  void awaitState(String what, RunState state) {
    long begin = System.nanoTime();
    await(what)
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () ->
                assertThat(board().taskrunner(RUNNER).orElseThrow().state())
                    .as(() -> what + ": " + peers() + said())
                    .isEqualTo(state));
    System.out.println(
        what + ": " + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms");
  }

  private String said() {
    StringBuilder all = new StringBuilder();
    for (AgentHost host : hosts) {
      try {
        all.append("\n--- ").append(host.name).append('\n').append(host.said());
      } catch (IOException e) {
        all.append(e);
      }
    }
    return all.toString();
  }

  List<PeerReport> peers() {
    return board().agents(RUNNER).stream()
        .flatMap(agent -> agent.peers().stream())
        .map(AgentRun.Reported::report)
        .toList();
  }

  /** Waits for reports of a state that contain a text. */
  void awaitPeers(PeerState state, int count, String text) {
    await(text)
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () ->
                assertThat(peers())
                    .as(this::said)
                    .filteredOn(peer -> peer.state() == state && peer.description().contains(text))
                    .hasSize(count));
  }

  /** Forgets what was trained before. */
  void forgetModels() throws IOException {
    for (AgentHost host : hosts) {
      host.forgetModels();
    }
  }

  /** All sites have the same model. */
  void assertOneModel() throws IOException {
    byte[] model = hosts.get(0).model(0);
    for (AgentHost host : hosts) {
      assertThat(host.model(0)).isEqualTo(model);
      assertThat(host.model(1)).isEqualTo(model);
    }
  }

  void awaitNothingRuns() {
    for (AgentHost host : hosts) {
      await().atMost(SOON).untilAsserted(() -> assertThat(host.processes()).isEmpty());
    }
  }

  private void stop() throws Exception {
    for (AgentHost host : hosts) {
      host.close();
    }
    String unused = hpe.good("stop-swarm", List.of());
  }

  @Override
  public void close() throws Exception {
    chain.close();
    stop();
  }
}

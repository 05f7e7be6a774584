package io.swarmstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.chain.tasks.NewTask;
import io.swarmstream.clients.chain.tasks.PeerReport;
import io.swarmstream.clients.chain.tasks.PeerState;
import io.swarmstream.clients.chain.tasks.Peers;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.clients.chain.tasks.TaskType;
import io.swarmstream.clients.network.InvitationFile;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.clients.network.SwarmAddresses;
import io.swarmstream.clients.network.TaskAgentInfo;
import io.swarmstream.clients.network.TaskInfo;
import io.swarmstream.clients.network.TaskrunnerInfo;
import io.swarmstream.network.chain.EthereumNode;
import io.swarmstream.network.chain.GethBinary;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.setup.NodePlan;
import io.swarmstream.network.setup.SentinelSetup;
import io.swarmstream.schemas.processes.FreePort;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task from its creation to its end, by members at a network node with a real chain. */
class TaskBoardNodeITCase {
  private static final String RUNNER = TaskBoard.DEFAULT_TASKRUNNER;
  @TempDir private Path folders;

  @Test
  void membersActBySignedTransactionsAndReadTheApi() throws Exception {
    Assumptions.assumeTrue(
        Boolean.getBoolean("swarm.geth.required") || GethBinary.find().isPresent(),
        "geth is missing: deploy/tools/get-geth builds it");
    NetworkFolder folder = NetworkFolder.open(folders.resolve("a"));
    NodePlan plan =
        new NodePlan("org-a", "org-a", "127.0.0.1", FreePort.any(), FreePort.any(), null, null);
    EthereumNode ethereum = SentinelSetup.run(folder, plan, System.out::println);
    try (NetworkNode node = NetworkNode.start(folder, ethereum, "127.0.0.1")) {
      assertThat(node.chain().members().draft("defaultbb.cqdb.sml.hpe")).isPresent();
      Newcomer owner = new Newcomer(folders.resolve("owner"));
      NetworkClient api = owner.enrol(invitation(node, "owner", Role.OWNER));
      Newcomer agent = new Newcomer(folders.resolve("host-1"));
      var unused = agent.enrol(invitation(node, "host-1", Role.AGENT));
      await("funds of both")
          .atMost(Duration.ofSeconds(30))
          .until(() -> isFunded(api, owner) && isFunded(api, agent));

      try (ChainClient asOwner = client(api, owner);
          ChainClient asAgent = client(api, agent)) {
        runATask(asOwner.tasks(), asAgent.tasks(), agent.account.address());
      }

      assertThat(api.tasks())
          .extracting(TaskInfo::name, TaskInfo::member)
          .containsExactly(tuple("ROOTTASK", "org-a"), tuple("build it", "owner"));
      assertThat(api.task("build it").isFinalised()).isTrue();
      assertThat(api.taskBody("build it").lines()).containsExactly("first", "second");
      TaskrunnerInfo runner = api.taskrunner(RUNNER);
      assertThat(api.taskrunners()).containsExactly(runner);
      assertThat(runner.state()).isEqualTo("COMPLETE");
      assertThat(runner.task()).isEqualTo("build it");
      TaskAgentInfo served = api.taskAgents(RUNNER).get(0);
      assertThat(served.member()).isEqualTo("host-1");
      assertThat(served.attempt()).isEqualTo(1);
      assertThat(served.peers().get(0).description()).isEqualTo("Build Task Completed");
      assertThatThrownBy(() -> api.task("none")).hasMessageContaining("there is no task none");
      // The node tells the audit log up to the block that it has looked at.
      await("the audit log")
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  acts(api)
                      .containsAll(
                          List.of(
                              "owner TaskCreated",
                              "owner TaskFinalised",
                              "owner TaskAssigned",
                              "host-1 AgentEnrolled",
                              "host-1 PeerReported")));
    }
  }

  private static List<String> acts(NetworkClient api) {
    return api.audit(0).stream().map(act -> act.member() + " " + act.act()).toList();
  }

  private static void runATask(TaskBoard owner, TaskBoard agent, String account) {
    owner.create(new NewTask("build it", TaskType.MAKE_USER_CONTAINER, "me", "ROOTTASK", "image"));
    owner.writeBody("build it", 1, List.of("first", "second"));
    owner.finalise("build it");
    agent.register(RUNNER, 2);
    long run = owner.assign(RUNNER, "build it", new Peers.AtLeast(1));
    assertThat(agent.called(RUNNER, account)).isEqualTo(1);
    agent.enrol(RUNNER, run, 1);
    agent.report(
        RUNNER,
        run,
        List.of(new PeerReport(0, "host-1", PeerState.COMPLETE, "Build Task Completed")));
  }

  private static InvitationFile invitation(NetworkNode node, String name, Role role) {
    return NetworkNodeITCase.invite(
        node, name, Set.of(role), Instant.now().plus(Duration.ofHours(1)), false);
  }

  private static boolean isFunded(NetworkClient api, Newcomer member) {
    try (ChainClient client = client(api, member)) {
      return client.balance().compareTo(BigInteger.ZERO) > 0;
    }
  }

  /** A client of the chain through the node's gate, with the addresses that the node tells. */
  private static ChainClient client(NetworkClient api, Newcomer member) {
    SwarmAddresses swarm = api.addresses();
    return ChainClient.signing(
        ChainOptions.of(
                swarm.networkNodes().get(0) + "/rpc",
                swarm.trainingContracts(),
                swarm.roundAnchors())
            .withMembers(swarm.swarmMembers())
            .withTaskBoard(swarm.taskBoard())
            .withStartBlock(swarm.startBlock())
            .withTls(member.folder),
        member.account);
  }
}

package io.swarmstream.network.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainDeployment;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.chain.Founder;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three organisations' geths on one machine. */
class GethNetworkITCase {
  private static final List<String> NAMES = List.of("org-a", "org-b", "org-c");
  private static final SiteKey FOUNDER = SiteKey.ofSeed(19);

  /**
   * geth gives up a connection after 5 s without a handshake, tries the same node again after 35 s,
   * and then waits up to 10 s before it asks for the blocks that it lacks. On a busy machine two
   * attempts may fail.
   */
  private static final Duration RECONNECTED = Duration.ofSeconds(130);

  private static final int LAST_WORDS = 25;

  private static Path geth;

  @TempDir Path folder;

  private final List<GethNode> nodes = new ArrayList<>();
  private final List<ChainPeer> members = new ArrayList<>();

  @BeforeAll
  static void findGeth() {
    geth = RealGeth.program();
  }

  @AfterEach
  void stop() {
    nodes.forEach(GethNode::close);
  }

  @Test
  void goesOnWithoutOneHaltsWithoutTwoAndFindsItselfAgain() throws Exception {
    startThree();
    GethNode a = nodes.get(0);
    GethNode b = nodes.get(1);
    GethNode c = nodes.get(2);

    ChainOptions contracts =
        timed(
            "four contracts deployed through the socket",
            () -> ChainDeployment.deploySecured(a, "https://localhost:1/rpc", FOUNDER, founder()));
    try (ChainClient client = ChainClient.over(b, contracts, null)) {
      await().atMost(Duration.ofSeconds(10)).until(() -> client.network().startsWith("eip155:"));
      assertThat(client.network())
          .contains(a.genesis().hash().substring(2))
          .contains(Long.toString(a.genesis().chainId()));
    }

    a.kill();
    timed("a block without one of three", () -> awaitBlocks(b, 3));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(b.health().message()).contains("2 of 3").contains("org-a (127.0.0.1:"));
    assertThat(b.health().isHealthy()).isTrue();

    c.kill();
    timed(
        "the halt noticed",
        () -> {
          await()
              .atMost(Duration.ofSeconds(30))
              .until(() -> b.health().state() == ChainHealth.State.HALTED);
          return null;
        });
    assertThat(b.health().message())
        .contains("1 of 3 sealers are connected, and 2 are needed; waiting for ")
        .contains("org-a (127.0.0.1:")
        .contains("org-c (127.0.0.1:");

    c.restart();
    timed("a block with two of three again", () -> awaitBlocks(b, 3));
    assertThat(b.health().isHealthy()).isTrue();

    // The first is gone for good, and nobody tells the others who they are.
    b.kill();
    c.stop();
    b.restart();
    c.restart();
    timed("found each other from their folders", () -> awaitBlocks(b, 3));
    assertThat(b.health().message()).contains("2 of 3");

    members.remove(0);
    timed(
        "the first voted out by the other two",
        () -> {
          await()
              .atMost(Duration.ofSeconds(60))
              .pollInterval(Duration.ofMillis(500))
              .until(
                  () -> {
                    b.reconcile(members);
                    c.reconcile(members);
                    return new Sealers(new RpcCalls(c)).present().size() == 2;
                  });
          return null;
        });
  }

  @Test
  void refusesAStrangerWithTheRightGenesis() throws Exception {
    startThree();
    GethNode a = nodes.get(0);
    GethFolder strange = GethFolder.open(folder.resolve("stranger"));
    strange.begin(geth, a.genesis());
    try (GethNode stranger = GethNode.start(geth, strange, RealGeth.options())) {
      stranger.connect(members.stream().map(ChainPeer::enode).toList());
      Instant end = Instant.now().plusSeconds(8);
      while (Instant.now().isBefore(end)) {
        assertThat(new RpcCalls(stranger).call("admin_peers")).isEmpty();
        assertThat(new RpcCalls(stranger).number("eth_blockNumber")).isZero();
        Thread.sleep(200);
      }
      assertThat(stranger.health().state()).isNotEqualTo(ChainHealth.State.DOWN);
      // The same node is let in as soon as it is a member.
      ChainPeer joined = new ChainPeer("org-d", stranger.enode(), stranger.sealer());
      members.add(joined);
      for (GethNode node : nodes) {
        node.reconcile(members);
      }
      timed("a new member connected", () -> awaitBlocks(stranger, 3));
      // And disconnected as soon as it is none.
      members.remove(joined);
      for (GethNode node : nodes) {
        node.reconcile(members);
      }
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> new RpcCalls(stranger).call("admin_peers").isEmpty());
    }
  }

  @Test
  void refusesAWrongGenesisWithBothHashes() throws Exception {
    GethFolder own = GethFolder.open(folder);
    GenesisFile right = GenesisFile.fresh(own.sealer(), List.of());
    GenesisFile wrong = right.withPeriodSeconds(2);
    assertThatThrownBy(() -> GenesisFile.parse(wrong.json()).checkedAgainst(right.hash()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(right.hash())
        .hasMessageContaining(wrong.hash());
  }

  /** The first founds the chain, the others join it and are voted in. */
  private void startThree() throws Exception {
    GenesisFile genesis = null;
    for (String name : NAMES) {
      GethFolder own = GethFolder.open(folder.resolve(name));
      if (genesis == null) {
        genesis = GenesisFile.fresh(own.sealer(), List.of(FOUNDER.address()));
      }
      own.begin(geth, GenesisFile.parse(genesis.json()).checkedAgainst(genesis.hash()));
      GethNode node = timed(name + " started", () -> GethNode.start(geth, own, RealGeth.options()));
      nodes.add(node);
      members.add(new ChainPeer(name, node.enode(), node.sealer()));
    }
    timed(
        "three seal",
        () -> {
          await()
              .atMost(Duration.ofSeconds(60))
              .pollInterval(Duration.ofMillis(500))
              .until(
                  () -> {
                    for (GethNode node : nodes) {
                      node.reconcile(members);
                    }
                    return areThreeEverywhere();
                  });
          return null;
        });
  }

  private boolean areThreeEverywhere() throws IOException {
    for (GethNode node : nodes) {
      if (new Sealers(new RpcCalls(node)).present().size() != NAMES.size()) {
        return false;
      }
    }
    return true;
  }

  private long awaitBlocks(GethNode node, int more) throws IOException {
    RpcCalls calls = new RpcCalls(node);
    long first = calls.number("eth_blockNumber");
    await()
        .atMost(RECONNECTED)
        .untilAsserted(
            () ->
                assertThat(calls.number("eth_blockNumber"))
                    .as(() -> "block of a node that says: " + node.health().message() + lastWords())
                    .isGreaterThanOrEqualTo(first + more));
    return first + more;
  }

  /** What all three say in the end. */
  private String lastWords() {
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < nodes.size(); i++) {
      said.append("\n").append(NAMES.get(i)).append(": ").append(nodes.get(i).health().message());
      try {
        List<String> log = Files.readAllLines(folder.resolve(NAMES.get(i)).resolve("geth.log"));
        log.subList(Math.max(0, log.size() - LAST_WORDS), log.size())
            .forEach(line -> said.append("\n  ").append(line));
      } catch (IOException e) {
        said.append("\n  ").append(e);
      }
    }
    return said.toString();
  }

  private static Founder founder() {
    return new Founder("Org A", "org-a", "ab".repeat(32), new byte[0]);
  }

  private static <T> T timed(String what, Callable<T> work) throws Exception {
    Instant began = Instant.now();
    T result = work.call();
    System.out.printf(
        "printed %s: %d ms%n", what, Duration.between(began, Instant.now()).toMillis());
    return result;
  }
}

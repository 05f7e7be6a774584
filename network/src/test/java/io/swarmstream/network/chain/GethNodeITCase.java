package io.swarmstream.network.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One real geth. */
class GethNodeITCase {
  private static Path geth;

  @TempDir Path folder;

  @BeforeAll
  static void findGeth() {
    geth = RealGeth.program();
  }

  @Test
  void computesTheHashThatGethComputes() throws IOException {
    GethFolder own = GethFolder.open(folder);
    List<String> many =
        java.util.stream.IntStream.range(1, 200)
            .mapToObj(number -> String.format("0x%040x", number))
            .toList();
    own.begin(geth, GenesisFile.fresh(own.sealer(), many));
    try (GethNode node = GethNode.start(geth, own, RealGeth.options())) {
      assertThat(
              new RpcCalls(node).call("eth_getBlockByNumber", "0x0", false).path("hash").asText())
          .isEqualTo(node.genesis().hash());
    }
  }

  @Test
  void listensOnItsSocketOnly() throws IOException {
    try (GethNode node = begun(folder)) {
      assertThat(new RpcCalls(node).call("rpc_modules").has("admin")).isTrue();
      List<Integer> open = RealGeth.listeningPorts(node.pid());
      assertThat(open).contains(node.enode().port()).hasSize(2);
      Path socket = Path.of(node.place().substring("ipc:".length()));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-------");
      int other = open.stream().filter(port -> port != node.enode().port()).findFirst().orElse(0);
      // The Engine API, which this version always serves, wants its secret.
      assertThat(RealGeth.httpStatus(other)).isEqualTo(401);
    }
  }

  @Test
  void comesBackWhenItDies() throws IOException {
    try (GethNode node = begun(folder)) {
      RpcCalls calls = new RpcCalls(node);
      await().atMost(Duration.ofSeconds(10)).until(() -> calls.number("eth_blockNumber") >= 2);
      long pid = node.pid();
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      await()
          .atMost(Duration.ofSeconds(10))
          .ignoreExceptions()
          .until(() -> node.pid() != pid && calls.number("eth_blockNumber") >= 2);
      assertThat(node.health().isHealthy()).isTrue();
    }
  }

  @Test
  void saysWhyItIsDown() throws IOException {
    try (GethNode node = begun(folder)) {
      node.kill();
      assertThat(node.health().state()).isEqualTo(ChainHealth.State.DOWN);
      node.restart();
      assertThat(node.health().isHealthy()).isTrue();
    }
  }

  @Test
  void worksInAFolderWithALongPath() throws IOException {
    Path deep = Files.createDirectories(folder.resolve("long-".repeat(30)));
    try (GethNode node = begun(deep)) {
      assertThat(node.health().isHealthy()).isTrue();
      assertThat(node.place()).hasSizeLessThan(108);
    }
  }

  @Test
  void refusesAnotherChainWithBothHashes() throws IOException {
    GethFolder own = GethFolder.open(folder);
    GenesisFile first = GenesisFile.fresh(own.sealer(), List.of());
    GenesisFile second = first.withPeriodSeconds(2).withChainId(5);
    own.begin(geth, first);
    own.begin(geth, first);
    assertThatThrownBy(() -> own.begin(geth, second))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(first.hash())
        .hasMessageContaining(second.hash());
  }

  @Test
  void saysWhenItsPortIsTaken() throws IOException {
    try (GethNode node = begun(folder)) {
      GethFolder other = GethFolder.open(folder.resolve("second"));
      other.begin(geth, node.genesis());
      GethOptions options = GethOptions.of("127.0.0.1", node.enode().port());
      assertThatThrownBy(() -> GethNode.start(geth, other, options))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("port " + node.enode().port())
          .hasMessageContaining("--p2p-port");
    }
  }

  @Test
  void saysWhatGethSaidWhenItDoesNotStart() throws IOException {
    GethFolder own = GethFolder.open(folder);
    own.begin(geth, GenesisFile.fresh(own.sealer(), List.of()));
    Files.writeString(folder.resolve("nodekey"), "nonsense");
    GethOptions options =
        new GethOptions("127.0.0.1", RealGeth.freePort(), true, Duration.ofSeconds(3), 1000);
    assertThatThrownBy(() -> GethNode.start(geth, own, options))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("geth ended with status 1")
        .hasMessageContaining("nodekey");
  }

  /** The geth of the killed one still lives, answers, and holds the port and its database. */
  @Test
  void startsAgainAtOnceWhenItsNetworkNodeWasKilled() throws Exception {
    int port = RealGeth.freePort();
    Process killed = RealGeth.inProcessOfItsOwn(geth, folder, port);
    ProcessHandle orphan =
        ProcessHandle.of(Long.parseLong(killed.inputReader(StandardCharsets.UTF_8).readLine()))
            .orElseThrow();
    killed.destroyForcibly().waitFor();
    assertThat(orphan.isAlive()).isTrue();
    try (GethNode node =
        GethNode.start(geth, GethFolder.open(folder), GethOptions.of("127.0.0.1", port))) {
      await().atMost(Duration.ofSeconds(5)).until(() -> !orphan.isAlive());
      assertThat(node.pid()).isNotEqualTo(orphan.pid());
      RpcCalls calls = new RpcCalls(node);
      long first = calls.number("eth_blockNumber");
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> calls.number("eth_blockNumber") > first + 1);
    }
  }

  @Test
  void refusesAFolderThatIsInUse() throws IOException {
    try (GethNode node = begun(folder)) {
      assertThatThrownBy(() -> GethNode.start(geth, GethFolder.open(folder), RealGeth.options()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is used by another network node");
      assertThat(node.health().isHealthy()).isTrue();
    }
  }

  private static GethNode begun(Path folder) throws IOException {
    GethFolder own = GethFolder.open(folder);
    own.begin(geth, GenesisFile.fresh(own.sealer(), List.of()));
    return GethNode.start(geth, own, RealGeth.options());
  }
}

package io.swarmstream.network;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.network.chain.EthereumNode;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.folder.NodeSettings;
import io.swarmstream.network.folder.NodeVersion;
import io.swarmstream.network.history.RoundHistory;
import io.swarmstream.network.members.SnapshotKeeper;
import io.swarmstream.telemetry.CertificateExpiry;
import io.swarmstream.telemetry.NetworkNodeFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a node's metrics show, read from its parts at each scrape. */
final class NodeFacts implements NetworkNodeFacts {
  private final NetworkFolder folder;
  private final NodeSettings settings;
  private final EthereumNode ethereum;
  private final ChainClient chain;
  private final SnapshotKeeper swarm;
  private final RoundHistory rounds;
  private final Instant startedAt = Instant.now();

  NodeFacts(
      NetworkFolder folder,
      NodeSettings settings,
      EthereumNode ethereum,
      ChainClient chain,
      SnapshotKeeper swarm,
      RoundHistory rounds) {
    this.folder = folder;
    this.settings = settings;
    this.ethereum = ethereum;
    this.chain = chain;
    this.swarm = swarm;
    this.rounds = rounds;
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public String version() {
    return NodeVersion.PRODUCT;
  }

  @Override
  public Instant startedAt() {
    return startedAt;
  }

  @Override
  public Optional<Instant> certificateExpires() {
    return CertificateExpiry.in(folder.identity().path());
  }

  @Override
  public long chainHeight() {
    return chain.newestBlock();
  }

  @Override
  public Instant newestBlockAt() {
    return chain.blockTime(chain.newestBlock());
  }

  @Override
  public int peers() {
    try {
      return ethereum.peers();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<String, Integer> members() {
    Map<String, Integer> members = new TreeMap<>();
    swarm
        .newest()
        .members()
        .forEach(member -> members.merge(member.status().code(), 1, Integer::sum));
    return members;
  }

  @Override
  public Map<String, Long> rounds() {
    Map<String, Long> newest = new TreeMap<>();
    swarm.newest().sites().keySet().forEach(contract -> newest.put(contract, -1L));
    newest.putAll(rounds.newest());
    return newest;
  }

  @Override
  public Map<String, Long> anchors() {
    Map<String, Long> anchors = new TreeMap<>();
    for (String contract : swarm.newest().sites().keySet()) {
      anchors.put(contract, chain.anchors().nextRound(contract) - 1);
    }
    return anchors;
  }
}

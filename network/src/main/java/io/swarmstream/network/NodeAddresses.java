package io.swarmstream.network;

import io.swarmstream.clients.network.ChainEntry;
import io.swarmstream.clients.network.SwarmAddresses;
import io.swarmstream.network.chain.EthereumNode;
import io.swarmstream.network.chain.GethNode;
import io.swarmstream.network.folder.NodeSettings;
import io.swarmstream.network.members.NodeRecords;
import io.swarmstream.network.members.SnapshotKeeper;
import io.swarmstream.network.members.SwarmSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a node tells others of where the swarm and its chain are. */
final class NodeAddresses {
  private final NodeSettings settings;
  private final SnapshotKeeper members;
  private final EthereumNode ethereum;

  NodeAddresses(NodeSettings settings, SnapshotKeeper members, EthereumNode ethereum) {
    this.settings = settings;
    this.members = members;
    this.ethereum = ethereum;
  }

  /** The swarm's, as members need them. */
  SwarmAddresses swarm() {
    SwarmSnapshot now = members.newest();
    List<String> nodes = new ArrayList<>(List.of(settings.url()));
    now.networkNodes().stream().filter(url -> !nodes.contains(url)).forEach(nodes::add);
    return new SwarmAddresses(
        nodes,
        now.kafka().orElse(null),
        settings.contracts().trainingContracts(),
        settings.contracts().roundAnchors(),
        settings.contracts().swarmMembers(),
        settings.contracts().startBlock(),
        settings.contracts().taskBoard());
  }

  /** The chain's, as joining network nodes need them; empty: the chain is not ours. */
  Optional<ChainEntry> chain() {
    if (!(ethereum instanceof GethNode geth)) {
      return Optional.empty();
    }
    List<String> enodes = new ArrayList<>(List.of(geth.enode().url()));
    NodeRecords.peers(members.newest()).stream()
        .map(peer -> peer.enode().url())
        .filter(url -> !enodes.contains(url))
        .forEach(enodes::add);
    return Optional.of(new ChainEntry(geth.genesis().json(), geth.genesis().hash(), enodes));
  }
}

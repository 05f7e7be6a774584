package io.swarmstream.network;

import io.swarmstream.clients.chain.NodeRecord;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.network.chain.ChainPeer;
import io.swarmstream.network.chain.Enode;
import io.swarmstream.network.chain.EthereumNode;
import io.swarmstream.network.chain.GethNode;
import io.swarmstream.network.folder.NodeSettings;
import io.swarmstream.network.members.SwarmSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What network nodes announce on the chain, and what they learn from it about each other. */
final class NodeRecords {
  private static final Logger LOG = LoggerFactory.getLogger(NodeRecords.class);

  private NodeRecords() {}

  /** The records that a node has to have on the chain. */
  static List<NodeRecord> wanted(
      String account, NodeSettings settings, EthereumNode ethereum, String version) {
    List<NodeRecord> wanted = new ArrayList<>();
    String enode = ethereum instanceof GethNode geth ? geth.enode().url() : "";
    String sealer = ethereum instanceof GethNode geth ? geth.sealer() : "";
    wanted.add(
        new NodeRecord(
            account,
            SwarmSnapshot.NETWORK_NODE,
            settings.url(),
            enode,
            sealer,
            version,
            Instant.EPOCH));
    String kafka = settings.kafka();
    if (kafka != null) {
      wanted.add(
          new NodeRecord(account, SwarmSnapshot.KAFKA, kafka, "", "", version, Instant.EPOCH));
    }
    return wanted;
  }

  /** Whether a record on the chain says what is wanted; when it was announced does not matter. */
  static boolean isSame(NodeRecord found, NodeRecord wanted) {
    return found.account().equals(wanted.account())
        && found.kind().equals(wanted.kind())
        && found.url().equals(wanted.url())
        && found.enode().equals(wanted.enode())
        && found.sealer().equals(wanted.sealer())
        && found.version().equals(wanted.version());
  }

  /** The Ethereum nodes of all active members that may seal. */
  static List<ChainPeer> peers(SwarmSnapshot swarm) {
    List<ChainPeer> peers = new ArrayList<>();
    for (NodeRecord node : swarm.nodes()) {
      if (node.kind().equals(SwarmSnapshot.NETWORK_NODE)
          && !node.enode().isEmpty()
          && !node.sealer().isEmpty()
          && swarm
              .byAccount(node.account())
              .filter(member -> member.has(Role.NETWORK))
              .isPresent()) {
        try {
          peers.add(new ChainPeer(node.url(), Enode.parse(node.enode()), node.sealer()));
        } catch (IllegalArgumentException e) {
          LOG.warn("skipped the node that {} announced: {}", node.account(), e.getMessage());
        }
      }
    }
    return peers;
  }
}

package io.swarmstream.network.members;

import io.swarmstream.clients.chain.NodeRecord;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.network.chain.ChainPeer;
import io.swarmstream.network.chain.Enode;
import io.swarmstream.network.chain.EthereumNode;
import io.swarmstream.network.chain.GethNode;
import io.swarmstream.network.folder.NodeSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What network nodes announce on the chain, and what they learn from it about each other. */
public final class NodeRecords {
  private static final Logger LOG = LoggerFactory.getLogger(NodeRecords.class);

  private NodeRecords() {}

  /** The records that a node has to have on the chain. */
  public static List<NodeRecord> wanted(
      String account, NodeSettings settings, EthereumNode ethereum, String version) {
    List<NodeRecord> wanted = new ArrayList<>();
    wanted.add(network(account, settings, ethereum, version));
    String kafka = settings.kafka();
    if (kafka != null) {
      wanted.add(
          new NodeRecord(account, SwarmSnapshot.KAFKA, kafka, "", "", version, Instant.EPOCH));
    }
    return wanted;
  }

  /** The record of a network node. */
  public static NodeRecord network(
      String account, NodeSettings settings, EthereumNode ethereum, String version) {
    String enode = ethereum instanceof GethNode geth ? geth.enode().url() : "";
    String sealer = ethereum instanceof GethNode geth ? geth.sealer() : "";
    return new NodeRecord(
        account, SwarmSnapshot.NETWORK_NODE, settings.url(), enode, sealer, version, Instant.EPOCH);
  }

  /** Whether a record on the chain says what is wanted; when it was announced does not matter. */
  public static boolean isSame(NodeRecord found, NodeRecord wanted) {
    return found.account().equals(wanted.account())
        && found.kind().equals(wanted.kind())
        && found.url().equals(wanted.url())
        && found.enode().equals(wanted.enode())
        && found.sealer().equals(wanted.sealer())
        && found.version().equals(wanted.version());
  }

  /** The Ethereum nodes of all active members that may seal. */
  public static List<ChainPeer> peers(SwarmSnapshot swarm) {
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

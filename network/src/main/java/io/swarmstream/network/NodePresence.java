package io.swarmstream.network;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.NodeRecord;
import io.swarmstream.network.chain.EthereumNode;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.folder.NodeSettings;
import io.swarmstream.network.folder.NodeVersion;
import io.swarmstream.network.log.HeardNodes;
import io.swarmstream.network.members.NodeRecords;
import io.swarmstream.network.members.SwarmSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/** Tells the swarm that a node is there. */
final class NodePresence {
  private final NetworkFolder folder;
  private final NodeSettings settings;
  private final EthereumNode ethereum;
  private final ChainClient chain;
  private final KafkaLink kafka;
  private final String uuid;

  NodePresence(
      NetworkFolder folder,
      NodeSettings settings,
      EthereumNode ethereum,
      ChainClient chain,
      KafkaLink kafka,
      String uuid) {
    this.folder = folder;
    this.settings = settings;
    this.ethereum = ethereum;
    this.chain = chain;
    this.kafka = kafka;
    this.uuid = uuid;
  }

  /** Tells the chain how to reach this node, unless it knows. */
  void announce(SwarmSnapshot now) {
    for (NodeRecord wanted :
        NodeRecords.wanted(account(), settings, ethereum, NodeVersion.PRODUCT)) {
      if (now.nodes().stream().noneMatch(found -> NodeRecords.isSame(found, wanted))) {
        var unused = chain.membership().announceNode(wanted);
      }
    }
  }

  /** Ethereum address of the member that runs the node. */
  String account() {
    try {
      return folder.account().address();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says to all network nodes that this one runs. */
  void sayAlive(SwarmSnapshot now) {
    Optional<Member> own = now.byAccount(account());
    own.ifPresent(
        member ->
            kafka.heard(
                new HeardNodes.Heartbeat(
                    "SN",
                    member.name(),
                    member.organisation(),
                    settings.url(),
                    NodeVersion.PRODUCT,
                    uuid,
                    null,
                    Instant.now().toEpochMilli(),
                    null,
                    null)));
  }
}

package io.swarmstream.network.api;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.network.ChainEntry;
import io.swarmstream.clients.network.FoundingOrder;
import io.swarmstream.clients.network.HealthInfo;
import io.swarmstream.clients.network.SwarmAddresses;
import io.swarmstream.network.chain.RpcGate;
import io.swarmstream.network.enrol.Admission;
import io.swarmstream.network.enrol.Certifying;
import io.swarmstream.network.log.HeardNodes;
import io.swarmstream.network.log.RoundHistory;
import io.swarmstream.network.members.SnapshotKeeper;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The parts of a node that its API shows.
 *
 * @param uuid of this run of the node
 * @param chainEntry what a joining network node needs; empty: the chain is not ours
 * @param heard takes a heartbeat that this node was sent
 * @param founding creates contracts from drafts
 */
public record NodeParts(
    String uuid,
    ChainClient chain,
    SnapshotKeeper swarm,
    RpcGate rpc,
    Admission admission,
    Certifying certifying,
    RoundHistory rounds,
    HeardNodes nodes,
    EventStream events,
    Supplier<HealthInfo> health,
    Supplier<SwarmAddresses> addresses,
    Supplier<Optional<ChainEntry>> chainEntry,
    Consumer<HeardNodes.Heartbeat> heard,
    Founding founding) {

  /** Creates a contract from its draft, for the first site whose trainer brings a layout. */
  @FunctionalInterface
  public interface Founding {
    /** Returns the contract's name on the chain. */
    String create(String name, FoundingOrder order) throws Exception;
  }
}

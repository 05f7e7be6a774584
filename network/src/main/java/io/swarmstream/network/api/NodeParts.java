package io.swarmstream.network.api;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.network.ChainEntry;
import io.swarmstream.clients.network.FoundingOrder;
import io.swarmstream.clients.network.SwarmAddresses;
import io.swarmstream.network.chain.RpcGate;
import io.swarmstream.network.enrol.Admission;
import io.swarmstream.network.enrol.CertificateAdmission;
import io.swarmstream.network.enrol.Certifying;
import io.swarmstream.network.log.HeardNodes;
import io.swarmstream.network.members.SnapshotKeeper;
import io.swarmstream.telemetry.NetworkNodeMetrics;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The parts of a network node that its API shows.
 *
 * @param uuid of this run of the node
 * @param console what its console's pages show
 * @param chainEntry what a joining network node needs; empty: the chain is not ours
 * @param heard takes a heartbeat that this node was sent
 * @param founding creates contracts from drafts
 */
public record NodeParts(
    String uuid,
    ConsoleParts console,
    RpcGate rpc,
    Admission admission,
    CertificateAdmission byCertificate,
    Certifying certifying,
    NetworkNodeMetrics metrics,
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

  ChainClient chain() {
    return console.chain();
  }

  SnapshotKeeper swarm() {
    return console.swarm();
  }

  HeardNodes nodes() {
    return console.nodes();
  }

  OwnNode own() {
    return console.own();
  }
}

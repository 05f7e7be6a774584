package io.swarmstream.network;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.NodeRecord;
import io.swarmstream.clients.network.ChainEntry;
import io.swarmstream.clients.network.SwarmAddresses;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.network.api.EventStream;
import io.swarmstream.network.api.NetworkApi;
import io.swarmstream.network.api.NodeParts;
import io.swarmstream.network.chain.Enode;
import io.swarmstream.network.chain.EthereumNode;
import io.swarmstream.network.chain.GethNode;
import io.swarmstream.network.chain.RpcGate;
import io.swarmstream.network.enrol.Admission;
import io.swarmstream.network.enrol.Certifying;
import io.swarmstream.network.enrol.Funding;
import io.swarmstream.network.enrol.SiteEnrolment;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.folder.NodeSettings;
import io.swarmstream.network.folder.NodeVersion;
import io.swarmstream.network.log.HeardNodes;
import io.swarmstream.network.log.RoundHistory;
import io.swarmstream.network.members.NodeRecords;
import io.swarmstream.network.members.SnapshotKeeper;
import io.swarmstream.network.members.SwarmSnapshot;
import io.swarmstream.web.ApiServer;
import io.swarmstream.web.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running network node. What lasts is on the chain and in Kafka; the node keeps none of it, so
 * any other node answers as well as this one.
 */
public final class NetworkNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkNode.class);

  private final NetworkFolder folder;
  private final NodeSettings settings;
  private final EthereumNode ethereum;
  private final String uuid = UUID.randomUUID().toString();
  private final EventStream events = new EventStream();
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final ScheduledExecutorService work =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "network-node");
            thread.setDaemon(true);
            return thread;
          });
  private final ChainClient chain;
  private final SnapshotKeeper swarm;
  private final KafkaLink kafka;
  private final NodeHealth health;
  private final ApiServer server;

  private NetworkNode(NetworkFolder folder, EthereumNode ethereum, String listen)
      throws IOException {
    this.folder = folder;
    this.settings = folder.requiredSettings();
    this.ethereum = ethereum;
    parts.push(work::shutdownNow);
    parts.push(events);
    chain =
        add(
            ChainClient.over(
                ethereum, settings.contracts().at(settings.rpcUrls()), folder.account()));
    swarm = add(SnapshotKeeper.start(chain));
    RoundHistory rounds = new RoundHistory();
    HeardNodes heard = new HeardNodes(InstantSource.system());
    kafka =
        add(
            new KafkaLink(
                folder.identity().path(),
                chain,
                rounds,
                heard,
                round -> events.tell("round", round.anchor())));
    health = new NodeHealth(ethereum, swarm, kafka::problems, folder.identity());
    TrustedAuthorities.keep(folder, swarm.newest());
    SiteEnrolment enrolment = new SiteEnrolment(chain);
    Certifying certifying = new Certifying(folder.authority());
    NodeParts shown =
        new NodeParts(
            uuid,
            chain,
            swarm,
            new RpcGate(ethereum, RpcGate.Limits.DEFAULT),
            new Admission(
                chain,
                swarm,
                certifying,
                enrolment,
                new Funding(chain, ethereum instanceof GethNode),
                InstantSource.system()),
            certifying,
            rounds,
            heard,
            events,
            health::info,
            this::addresses,
            this::chainEntry,
            kafka::heard,
            new DraftFounding(chain, swarm, enrolment, kafka::endpoint));
    server =
        add(
            NetworkApi.start(
                new Place(listen, settings.port()),
                ReloadingTls.of(folder.identity()).context(),
                shown,
                NodeVersion.PRODUCT));
    swarm.onChange(this::follow);
    var unused =
        work.scheduleWithFixedDelay(
            this::repeat, 0, HeardNodes.INTERVAL.toSeconds(), TimeUnit.SECONDS);
  }

  /**
   * Starts a node that has been set up.
   *
   * @param listen address to listen on; beyond loopback, all callers still have to show a
   *     certificate
   * @throws IllegalStateException when none has been set up in the folder, or the port is taken
   */
  public static NetworkNode start(NetworkFolder folder, EthereumNode ethereum, String listen)
      throws IOException {
    try {
      return new NetworkNode(folder, ethereum, listen);
    } catch (IOException | RuntimeException e) {
      ethereum.close();
      throw e;
    }
  }

  /** Where the API is. */
  public URI uri() {
    return server.uri();
  }

  public NodeSettings settings() {
    return settings;
  }

  /** The newest state of the swarm that this node knows. */
  public SwarmSnapshot swarm() {
    return swarm.newest();
  }

  /** A client of the chain that signs with this member's account. */
  public ChainClient chain() {
    return chain;
  }

  /** What is wrong at present, one sentence each. */
  public List<String> problems() {
    return health.info().problems();
  }

  /** Follows a change of the swarm; each part by itself, so that one failure stops no other. */
  private void follow(SwarmSnapshot now) {
    events.tell("members", now.members().size());
    TrustedAuthorities.keep(folder, now);
    kafka.follow(now);
    reconcileChain(now);
    rememberNodes(now);
  }

  private void repeat() {
    try {
      SwarmSnapshot now = swarm.newest();
      announce(now);
      reconcileChain(now);
      sayAlive(now);
    } catch (RuntimeException e) {
      LOG.warn("a repeated task failed and is tried again: {}", e.toString());
    }
  }

  private void reconcileChain(SwarmSnapshot now) {
    if (ethereum instanceof GethNode geth) {
      try {
        geth.reconcile(NodeRecords.peers(now));
      } catch (IOException | RuntimeException e) {
        LOG.warn("the chain's peers are not up to date: {}", e.getMessage());
      }
    }
  }

  /** Remembers other nodes, so that programs of this folder find them when this node is gone. */
  private void rememberNodes(SwarmSnapshot now) {
    List<String> others =
        now.networkNodes().stream().filter(url -> !url.equals(settings.url())).toList();
    try {
      NodeSettings saved = folder.requiredSettings();
      if (!others.equals(saved.otherNodes())) {
        folder.save(saved.withOtherNodes(others));
      }
    } catch (IOException e) {
      LOG.warn("other network nodes cannot be remembered: {}", e.toString());
    }
  }

  private void announce(SwarmSnapshot now) {
    for (NodeRecord wanted :
        NodeRecords.wanted(account(), settings, ethereum, NodeVersion.PRODUCT)) {
      if (now.nodes().stream().noneMatch(found -> NodeRecords.isSame(found, wanted))) {
        var unused = chain.membership().announceNode(wanted);
      }
    }
  }

  private String account() {
    try {
      return folder.account().address();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void sayAlive(SwarmSnapshot now) {
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
                    Instant.now().toEpochMilli())));
  }

  private SwarmAddresses addresses() {
    SwarmSnapshot now = swarm.newest();
    List<String> nodes = new ArrayList<>(List.of(settings.url()));
    now.networkNodes().stream().filter(url -> !nodes.contains(url)).forEach(nodes::add);
    return new SwarmAddresses(
        nodes,
        now.kafka().orElse(null),
        settings.contracts().trainingContracts(),
        settings.contracts().roundAnchors(),
        settings.contracts().swarmMembers(),
        settings.contracts().startBlock());
  }

  private Optional<ChainEntry> chainEntry() {
    if (!(ethereum instanceof GethNode geth)) {
      return Optional.empty();
    }
    List<String> enodes = new ArrayList<>(List.of(geth.enode().url()));
    NodeRecords.peers(swarm.newest()).stream()
        .map(peer -> peer.enode().url())
        .filter(url -> !enodes.contains(url))
        .forEach(enodes::add);
    return Optional.of(new ChainEntry(geth.genesis().json(), geth.genesis().hash(), enodes));
  }

  /** Where the own Ethereum node is; empty: it is not ours. */
  public Optional<Enode> enode() {
    return ethereum instanceof GethNode geth ? Optional.of(geth.enode()) : Optional.empty();
  }

  private <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.warn("a part did not close: {}", e.toString());
      }
    }
    ethereum.close();
  }
}

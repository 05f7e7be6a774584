package io.swarmstream.network;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.network.api.ChainedDrafts;
import io.swarmstream.network.api.ConsoleParts;
import io.swarmstream.network.api.EventStream;
import io.swarmstream.network.api.NetworkApi;
import io.swarmstream.network.api.NodeParts;
import io.swarmstream.network.api.OwnNode;
import io.swarmstream.network.api.RefusalLog;
import io.swarmstream.network.chain.Enode;
import io.swarmstream.network.chain.EthereumNode;
import io.swarmstream.network.chain.GethNode;
import io.swarmstream.network.chain.RpcGate;
import io.swarmstream.network.console.ConsoleLogins;
import io.swarmstream.network.enrol.Admission;
import io.swarmstream.network.enrol.CertificateAdmission;
import io.swarmstream.network.enrol.CertificatePolicy;
import io.swarmstream.network.enrol.Certifying;
import io.swarmstream.network.enrol.Funding;
import io.swarmstream.network.enrol.PartnerAuthorities;
import io.swarmstream.network.enrol.SiteEnrolment;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.folder.NodeSettings;
import io.swarmstream.network.folder.NodeVersion;
import io.swarmstream.network.log.HeardNodes;
import io.swarmstream.network.members.NodeRecords;
import io.swarmstream.network.members.SnapshotKeeper;
import io.swarmstream.network.members.SwarmSnapshot;
import io.swarmstream.network.proof.RoundVerifier;
import io.swarmstream.schemas.processes.BackgroundThread;
import io.swarmstream.telemetry.NetworkNodeMetrics;
import io.swarmstream.web.ApiServer;
import io.swarmstream.web.Place;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running network node. What lasts is on the chain and in Kafka; the node keeps none of it, so
 * any other node answers as well as this one.
 */
public final class NetworkNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkNode.class);

  /** Not an IPv6 address without brackets. */
  private static final Pattern WITH_PORT = Pattern.compile("(\\[[^\\]]*\\]|[^:]*):(\\d{1,5})");

  private final NetworkFolder folder;
  private final NodeSettings settings;
  private final EthereumNode ethereum;
  private final String uuid = UUID.randomUUID().toString();
  private final EventStream events = new EventStream();
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final BackgroundThread work = new BackgroundThread("network-node");
  private final ChainClient chain;
  private final SnapshotKeeper swarm;
  private final OwnAuthorities authorities;
  private final CertificatePolicy newcomers;
  private final KafkaLink kafka;
  private final NodeHealth health;
  private final DueCertificates certificates;
  private final NodePresence presence;
  private final ApiServer server;

  private NetworkNode(
      NetworkFolder folder,
      EthereumNode ethereum,
      String listen,
      CertificatePolicy newcomers,
      RoundVerifier verifier)
      throws IOException {
    this.folder = folder;
    this.settings = folder.requiredSettings();
    this.ethereum = ethereum;
    this.newcomers = newcomers;
    parts.push(events);
    chain =
        add(
            ChainClient.over(
                ethereum, settings.contracts().at(settings.rpcUrls()), folder.account()));
    swarm = add(SnapshotKeeper.start(chain));
    authorities = new OwnAuthorities(folder, chain, settings.organisation());
    InstantSource clock = InstantSource.system();
    NodeReading reading =
        add(new NodeReading(folder.path().resolve("cache"), folder::chainOptions, verifier));
    KafkaLink.Books books = reading.books();
    kafka =
        add(
            KafkaLink.secured(
                folder.identity().path(),
                chain,
                books,
                round -> events.tell("round", round.anchor())));
    health = new NodeHealth(ethereum, swarm, kafka::problems, folder.identity());
    presence = new NodePresence(folder, settings, ethereum, chain, kafka, uuid);
    certificates = new DueCertificates(folder, InstantSource.system());
    TrustedAuthorities.keep(folder, swarm.newest());
    SiteEnrolment enrolment = new SiteEnrolment(chain);
    Certifying certifying = new Certifying(folder.authority());
    Funding funding = new Funding(chain, ethereum instanceof GethNode);
    Admission admission = new Admission(chain, swarm, certifying, enrolment, funding, clock);
    NodeAddresses addresses = new NodeAddresses(settings, swarm, ethereum);
    SwarmParts topology =
        new SwarmParts(settings, chain, swarm, books, health, kafka::problems, ethereum);
    ConsoleParts console =
        new ConsoleParts(
            chain,
            swarm,
            new ChainedDrafts(chain),
            reading.parts(kafka, topology::info, events),
            books.heard(),
            events,
            health::info,
            add(new RefusalLog(folder.path().resolve("refused.log"), swarm::newest, clock)),
            new ConsoleLogins(swarm::newest, clock),
            OwnNode.ofNetwork(presence.account(), settings.url(), ethereum instanceof GethNode));
    NodeParts shown =
        new NodeParts(
            uuid,
            console,
            new RpcGate(ethereum, RpcGate.Limits.DEFAULT),
            admission,
            new CertificateAdmission(admission, chain, swarm, newcomers, clock),
            certifying,
            new NetworkNodeMetrics(
                new NodeFacts(folder, settings, ethereum, chain, swarm, books.rounds())),
            addresses::swarm,
            addresses::chain,
            kafka::heard,
            new DraftFounding(chain, swarm, enrolment, kafka::endpoint));
    server =
        add(
            NetworkApi.start(
                place(listen, settings.port()),
                ReloadingTls.of(folder.identity()).context(),
                shown,
                NodeVersion.PRODUCT));
    swarm.onChange(this::follow);
    work.every(Duration.ZERO, HeardNodes.INTERVAL, this::repeat);
  }

  /** An address to listen on, with a port of its own where a proxy has the announced one. */
  static Place place(String listen, int announced) {
    Matcher own = WITH_PORT.matcher(listen);
    return own.matches()
        ? new Place(own.group(1), Integer.parseInt(own.group(2)))
        : new Place(listen, announced);
  }

  /**
   * Starts a node that has been set up.
   *
   * @param listen address to listen on, or address:port if a proxy listens on the announced port
   *     and passes TLS on; beyond loopback, all callers still have to show a certificate
   * @throws IllegalStateException when none has been set up in the folder, or the port is taken
   */
  public static NetworkNode start(NetworkFolder folder, EthereumNode ethereum, String listen)
      throws IOException {
    return start(folder, ethereum, listen, CertificatePolicy.NONE, RoundVerifier.NONE);
  }

  /**
   * Starts a node.
   *
   * @param newcomers whether it admits them by their certificates
   * @param verifier proves rounds when members ask for it
   */
  public static NetworkNode start(
      NetworkFolder folder,
      EthereumNode ethereum,
      String listen,
      CertificatePolicy newcomers,
      RoundVerifier verifier)
      throws IOException {
    try {
      return new NetworkNode(folder, ethereum, listen, newcomers, verifier);
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

  /**
   * Registers the authorities of partners, if this node admits newcomers by certificate. Its own
   * ones come first: none of them may become a partner's, because it has just been replaced.
   *
   * @param named by the owner; own ones among them are left out
   * @return a sentence for each that was registered
   */
  public List<String> registerPartners(List<X509Certificate> named) {
    if (!newcomers.isOpen()) {
      return List.of();
    }
    authorities.register(SwarmSnapshot.read(chain));
    return new PartnerAuthorities(chain).register(named, authorities.present());
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
      certificates.renew();
      SwarmSnapshot now = swarm.newest();
      presence.announce(now);
      reconcileChain(now);
      presence.sayAlive(now);
      authorities.register(now);
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
    // First who acts by itself, so that it meets no closed part and opens none again.
    work.close();
    swarm.close();
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

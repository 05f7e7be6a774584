package io.swarmstream.network;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.network.HealthInfo;
import io.swarmstream.clients.network.PartInfo;
import io.swarmstream.console.ConsolePages;
import io.swarmstream.network.api.ConsoleParts;
import io.swarmstream.network.api.Drafts;
import io.swarmstream.network.api.EventStream;
import io.swarmstream.network.api.NetworkApi;
import io.swarmstream.network.api.OwnNode;
import io.swarmstream.network.api.RefusalLog;
import io.swarmstream.network.console.ConsoleKey;
import io.swarmstream.network.console.ConsoleLogins;
import io.swarmstream.network.folder.NodeVersion;
import io.swarmstream.network.members.SnapshotKeeper;
import io.swarmstream.network.members.SwarmSnapshot;
import io.swarmstream.network.proof.RoundVerifier;
import io.swarmstream.web.ApiServer;
import io.swarmstream.web.SessionCookie;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web console of a swarm without members, for its owner on the same machine: the pages and the
 * reading API of a network node, over HTTP on a loopback address. Until it serves, it costs nothing
 * but the links that it has given.
 */
public final class OwnersConsole implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OwnersConsole.class);

  private final Swarm swarm;
  private final OwnersSwarm view;
  private final URI url;
  private final ConsoleKey key = ConsoleKey.make();
  private final InstantSource clock = InstantSource.system();
  private final ConsoleLogins logins;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private volatile @Nullable SnapshotKeeper keeper;

  /**
   * What the console is of.
   *
   * @param chain a client of the chain
   * @param owner account that owns the contracts
   * @param coordinator account that anchors rounds
   * @param kafka bootstrap servers
   * @param cache folder for files that are of no use once the swarm has ended
   * @param machine the parts that its machine knows: Kafka, chain and job
   */
  public record Swarm(
      ChainClient chain,
      String owner,
      String coordinator,
      String kafka,
      Drafts drafts,
      RoundVerifier verifier,
      Path cache,
      Supplier<List<PartInfo>> machine) {}

  /**
   * A console that serves nothing yet.
   *
   * @param url that browsers will reach it by
   */
  public OwnersConsole(Swarm swarm, URI url) {
    this.swarm = swarm;
    this.url = url;
    this.view = new OwnersSwarm(swarm.chain(), swarm.owner(), swarm.coordinator(), swarm.kafka());
    this.logins = ConsoleLogins.withoutCertificates(this::newest, clock);
  }

  private SwarmSnapshot newest() {
    SnapshotKeeper reading = keeper;
    return reading == null ? view.alone() : reading.newest();
  }

  /** A link that logs in the owner's browser, once. */
  public URI link() {
    return url.resolve(ConsolePages.PATH + "#/login/" + logins.link(view.owner()).token());
  }

  /** Gives more links to whoever shows it. */
  public ConsoleKey key() {
    return key;
  }

  /**
   * Begins to serve, and to read what the pages show.
   *
   * @param bound listens on the address of the console's URL; closed with the console
   */
  public synchronized void serve(ServerSocketChannel bound) throws IOException {
    try {
      open(bound);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void open(ServerSocketChannel bound) throws IOException {
    EventStream events = add(new EventStream());
    ChainClient chain = swarm.chain();
    SnapshotKeeper snapshots = add(SnapshotKeeper.start(chain, view::read));
    keeper = snapshots;
    NodeReading reading = add(new NodeReading(swarm.cache(), chain::options, swarm.verifier()));
    KafkaLink.Books books = reading.books();
    KafkaLink kafka = add(KafkaLink.plain(books, round -> events.tell("round", round.anchor())));
    kafka.follow(snapshots.newest());
    OwnersParts topology = new OwnersParts(swarm.machine(), new JobParts(chain, books), books);
    ConsoleParts console =
        new ConsoleParts(
            chain,
            snapshots,
            swarm.drafts(),
            reading.parts(kafka, () -> topology.info(snapshots.newest()), events),
            books.heard(),
            events,
            () -> health(snapshots, kafka),
            add(new RefusalLog(swarm.cache().resolve("refused.log"), snapshots::newest, clock)),
            logins,
            OwnNode.ofLocal(
                view.owner().account(), url.toString(), SessionCookie.ofPort(url.getPort())));
    ApiServer server =
        add(NetworkApi.startLocally(bound, console, key, view.owner(), NodeVersion.PRODUCT));
    LOG.info("the console answers at {}", server.uri());
    snapshots.onChange(
        now -> {
          events.tell("members", now.members().size());
          kafka.follow(now);
        });
  }

  private HealthInfo health(SnapshotKeeper snapshots, KafkaLink kafka) {
    List<String> problems = new ArrayList<>();
    swarm.machine().get().stream()
        .map(PartInfo::sentence)
        .filter(sentence -> sentence != null)
        .forEach(problems::add);
    snapshots.problem().ifPresent(problems::add);
    problems.addAll(kafka.problems());
    return new HealthInfo(
        problems.isEmpty() ? "ok" : "degraded",
        snapshots.problem().isPresent() ? -1 : snapshots.block(),
        null,
        null,
        List.copyOf(problems));
  }

  private <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.warn("a part of the console did not close: {}", e.toString());
      }
    }
  }
}

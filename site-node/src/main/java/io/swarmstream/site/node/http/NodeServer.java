package io.swarmstream.site.node.http;

import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.site.node.SiteNode;
import io.swarmstream.web.AccessToken;
import io.swarmstream.web.HostNames;
import io.swarmstream.web.Place;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** The node's HTTP server: limits of connections and threads, and the token. */
public final class NodeServer implements AutoCloseable {
  /** Each poll occupies one; a node has few trainers. */
  private static final int MAX_THREADS = 64;

  /** The others serve requests that do not wait, such as health checks. */
  private static final int WAITING_THREADS = 48;

  /** Idle connections cost little, but not nothing. */
  private static final int MAX_CONNECTIONS = 512;

  /** While there are that many, idle ones are closed sooner. */
  private static final long CROWDED_IDLE_TIMEOUT_MS = 2_000;

  /** Without a request, or in the middle of a body; polls may take longer. */
  private static final long IDLE_TIMEOUT_MS = 30_000;

  /** Enough for the largest body that is held in memory, and some small ones. */
  private static final long MAX_HELD_BYTES = 34 << 20;

  private final Server server;
  private final ServerConnector connector;
  private final Place place;
  private final boolean isSecure;
  private final Door door;
  private final AccessToken token;
  private @Nullable KnownNode known;
  private @Nullable URI socketUri;

  private NodeServer(
      Server server,
      ServerConnector connector,
      ServerOptions options,
      Door door,
      AccessToken token) {
    this.server = server;
    this.connector = connector;
    this.place = options.place();
    this.isSecure = options.identity().isPresent();
    this.door = door;
    this.token = token;
  }

  /**
   * Starts the server. It serves whoever shows the token in the node's folder. Closing it does not
   * close the node.
   *
   * @throws IllegalStateException when the port is taken
   * @throws IllegalArgumentException when other machines would reach it without TLS
   */
  public static NodeServer start(SiteNode node, ServerOptions options) {
    options.check();
    Place place = options.place();
    AccessToken token = token(node);
    Door door = new Door(new HostNames(names(options)), token, !place.isLoopback());
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 4);
    threads.setName("site-node-http");
    threads.setDaemon(true);
    Server server = new Server(threads);
    ServerConnector connector =
        place.listen(
            server,
            new HttpConfiguration(),
            options.identity().map(folder -> ReloadingTls.of(folder).context()).orElse(null),
            false);
    connector.setIdleTimeout(IDLE_TIMEOUT_MS);
    server.addConnector(connector);
    Optional<TrainerSocket> socket = options.socket().map(TrainerSocket::new);
    if (socket.isPresent()) {
      server.addConnector(bySocket(server, socket.get()));
    }
    NetworkConnectionLimit limit =
        new NetworkConnectionLimit(MAX_CONNECTIONS, server.getConnectors());
    limit.setEndPointIdleTimeout(CROWDED_IDLE_TIMEOUT_MS);
    server.addBean(limit);
    server.setHandler(
        new NodeHandler(
            new NodeHandler.Shared(
                node,
                new Routes(Endpoints.ALL),
                door,
                new BodyBudget(MAX_HELD_BYTES),
                new Semaphore(WAITING_THREADS))));
    server.setStopTimeout(0);
    NodeServer started = new NodeServer(server, connector, options, door, token);
    try {
      // Listening gives the port. Nobody is answered before the server starts, and by then the
      // token
      // is where trainers look for it.
      connector.open();
      started.known =
          options
              .knownNodes()
              .filter(folder -> isLocal(options.host()))
              .flatMap(folder -> KnownNode.at(folder, connector.getLocalPort(), token))
              .orElse(null);
      server.start();
    } catch (Exception e) {
      started.close();
      throw place.taken(e);
    }
    started.open(socket);
    return started;
  }

  private static Connector bySocket(Server server, TrainerSocket socket) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    try {
      UnixDomainServerConnector connector = socket.connector(server, http);
      connector.setIdleTimeout(IDLE_TIMEOUT_MS);
      return connector;
    } catch (IOException e) {
      throw noSocket(socket, e);
    }
  }

  private static IllegalArgumentException noSocket(TrainerSocket socket, Exception e) {
    return new IllegalArgumentException(
        "cannot make the socket " + socket.uri() + ": " + e + "; choose another --socket", e);
  }

  private void open(Optional<TrainerSocket> socket) {
    try {
      if (socket.isPresent()) {
        socket.get().grant();
        socketUri = socket.get().uri();
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw noSocket(socket.orElseThrow(), e);
    }
  }

  private static AccessToken token(SiteNode node) {
    try {
      return AccessToken.in(node.folder());
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot keep the node's token in "
              + node.folder()
              + ": "
              + e.getMessage()
              + "; give the node another --folder",
          e);
    }
  }

  /** The address to listen on may also be used in requests. */
  private static Set<String> names(ServerOptions options) {
    Set<String> names = new HashSet<>(options.allowedHosts());
    names.add(options.host());
    return names;
  }

  /** Whether trainers of this machine reach the node as 127.0.0.1. */
  private static boolean isLocal(String host) {
    return host.startsWith("127.")
        || Set.of("localhost", "0.0.0.0", "::1", "[::1]", "::", "[::]").contains(host);
  }

  /** Where trainers reach the node. */
  public URI uri() {
    return place.uri(isSecure ? "https" : "http", connector.getLocalPort());
  }

  /** Where trainers reach it through a Unix domain socket; empty: nowhere. */
  public Optional<URI> socketUri() {
    return Optional.ofNullable(socketUri);
  }

  /** The token that trainers show. */
  public AccessToken token() {
    return token;
  }

  /** The link for a browser; works once. */
  public URI loginUri() {
    return uri().resolve(GetLogin.PATH + "?code=" + door.newestCode());
  }

  @Override
  public void close() {
    Optional.ofNullable(known).ifPresent(KnownNode::close);
    try {
      server.stop();
      connector.close(); // of a server that has not started
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server did not stop", e);
    }
  }
}

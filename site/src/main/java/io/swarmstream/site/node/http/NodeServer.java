package io.swarmstream.site.node.http;

import io.swarmstream.site.node.SiteNode;
import java.net.URI;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The node's HTTP server. */
public final class NodeServer implements AutoCloseable {
  /** Each poll holds one: a node has few trainers. */
  private static final int MAX_THREADS = 64;

  /** Longer than the longest poll. */
  private static final long IDLE_TIMEOUT_MS = 120_000;

  private final Server server;
  private final ServerConnector connector;

  private NodeServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Starts it; the node is not closed with it.
   *
   * @param host address to listen on; whoever reaches it may train in the site's name
   * @param port 0: a free one
   * @throws IllegalStateException when the port is taken
   */
  public static NodeServer start(SiteNode node, String host, int port) {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 4);
    threads.setName("site-node-http");
    threads.setDaemon(true);
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setIdleTimeout(IDLE_TIMEOUT_MS);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_TIMEOUT_MS);
    server.addConnector(connector);
    server.setHandler(new NodeHandler(node, new Routes(Endpoints.ALL)));
    server.setStopTimeout(0);
    NodeServer started = new NodeServer(server, connector);
    try {
      server.start();
    } catch (Exception e) {
      started.close();
      throw new IllegalStateException(
          "cannot listen on " + host + ":" + port + ": " + e.getMessage() + "; name another --port",
          e);
    }
    return started;
  }

  /** Where trainers reach it. */
  public URI uri() {
    String host = connector.getHost();
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + connector.getLocalPort());
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server did not stop", e);
    }
  }
}

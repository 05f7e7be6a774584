package io.swarmstream.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens.
 *
 * @param host address to listen on
 * @param port 0 for any free one
 */
public record Place(String host, int port) {
  /** Without a request or a part of it. Event streams write more often. */
  private static final long IDLE_TIMEOUT_MS = 60_000;

  /** Whether only programs of this machine reach it. */
  public boolean isLoopback() {
    return host.matches("127(\\.\\d{1,3}){3}")
        || Set.of("localhost", "::1", "[::1]").contains(host);
  }

  /** The address with the port that was found. */
  public URI uri(String scheme, int foundPort) {
    String name = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return URI.create(scheme + "://" + name + ":" + foundPort);
  }

  /** What to throw when a server cannot listen here. */
  public IllegalStateException taken(Exception failure) {
    Throwable root = failure;
    for (Throwable cause = root.getCause(); cause != null; cause = root.getCause()) {
      root = cause;
    }
    return new IllegalStateException(
        "cannot listen on "
            + host
            + ":"
            + port
            + ": "
            + root.getMessage()
            + "; choose another --port",
        failure);
  }

  /**
   * Listens here.
   *
   * @param tls the server's key and whom it trusts; null: without TLS
   * @param asks whether clients are asked for a certificate; those whose certificate is not trusted
   *     end in the handshake
   */
  public ServerConnector listen(
      Server server, HttpConfiguration http, @Nullable SSLContext tls, boolean asks) {
    http.setSendServerVersion(false);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector =
        tls == null
            ? new ServerConnector(server, 1, 1, plain)
            : new ServerConnector(server, 1, 1, secure(tls, asks), plain);
    if (tls != null) {
      // Certificates carry an organisation's names, while nodes are often reached by address.
      http.addCustomizer(new SecureRequestCustomizer(false));
    }
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_TIMEOUT_MS);
    return connector;
  }

  /**
   * Listens without TLS on a channel that is bound to this place.
   *
   * @throws UncheckedIOException when it is not
   */
  ServerConnector listen(Server server, HttpConfiguration http, ServerSocketChannel bound) {
    ServerConnector connector = listen(server, http, null, false);
    try {
      connector.open(bound);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return connector;
  }

  private static SslConnectionFactory secure(SSLContext tls, boolean asks) {
    SslContextFactory.Server secure = new SslContextFactory.Server();
    secure.setSslContext(tls);
    secure.setWantClientAuth(asks);
    secure.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    // Names are checked by clients. Members are known by their keys, so a name proves nothing here.
    secure.setEndpointIdentificationAlgorithm(null);
    return new SslConnectionFactory(secure, HttpVersion.HTTP_1_1.asString());
  }
}

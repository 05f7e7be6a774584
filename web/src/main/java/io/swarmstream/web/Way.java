package io.swarmstream.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.function.BiFunction;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;

/**
 * How callers come to a server.
 *
 * @param scheme https, or http without TLS
 */
record Way(Place place, String scheme, BiFunction<Server, HttpConfiguration, Connector> connector) {
  static Way secure(Place place, SSLContext tls) {
    return new Way(
        place,
        "https",
        (server, http) -> place.listen(server, new HttpConfiguration(http), tls, true));
  }

  static Way plain(Place place) {
    return new Way(
        place,
        "http",
        (server, http) -> place.listen(server, new HttpConfiguration(http), null, false));
  }

  /**
   * By a channel that listens already, without TLS.
   *
   * @throws IllegalArgumentException when other machines could reach it
   */
  static Way bound(ServerSocketChannel bound) throws IOException {
    InetSocketAddress at = (InetSocketAddress) bound.getLocalAddress();
    if (!at.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException("other machines could reach " + at + ", without TLS");
    }
    Place place = new Place(at.getAddress().getHostAddress(), at.getPort());
    return new Way(
        place, "http", (server, http) -> place.listen(server, new HttpConfiguration(http), bound));
  }
}

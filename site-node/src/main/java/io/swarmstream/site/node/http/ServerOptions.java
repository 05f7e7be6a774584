package io.swarmstream.site.node.http;

import io.swarmstream.web.Place;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Where a node listens, and by which names it is called.
 *
 * @param host address to listen on
 * @param port 0: a free one
 * @param allowedHosts names that requests may use, besides addresses and localhost
 * @param knownNodes folder where this user's trainers look for the tokens of their nodes; empty:
 *     they are not told
 * @param identity folder of PEM files for TLS; empty: plain HTTP, on this machine alone
 * @param socket Unix domain socket where trainers reach the node, too; empty: none
 */
public record ServerOptions(
    String host,
    int port,
    Set<String> allowedHosts,
    Optional<Path> knownNodes,
    Optional<Path> identity,
    Optional<Path> socket) {

  public ServerOptions {
    allowedHosts = Set.copyOf(allowedHosts);
  }

  /**
   * Refuses to show the token to a network.
   *
   * @throws IllegalArgumentException when other machines would reach the node without TLS
   */
  void check() {
    if (identity.isEmpty() && !place().isLoopback()) {
      throw new IllegalArgumentException(
          "--host is "
              + host
              + ", which other machines reach; weights and the token would cross the network in the clear: give"
              + " --identity a folder with key.pem, cert.pem and ca.pem, or listen on 127.0.0.1");
    }
  }

  Place place() {
    return new Place(host, port);
  }

  /** Options without further names; trainers have to be given the token. */
  public static ServerOptions of(String host, int port) {
    return new ServerOptions(
        host, port, Set.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  public ServerOptions withAllowedHosts(Set<String> names) {
    return new ServerOptions(host, port, names, knownNodes, identity, socket);
  }

  /** The same options; trainers of the same user find the token in a folder. */
  public ServerOptions withKnownNodes(Path folder) {
    return new ServerOptions(host, port, allowedHosts, Optional.of(folder), identity, socket);
  }

  /** The same options; the node speaks TLS with the identity in a folder of PEM files. */
  public ServerOptions withIdentity(Path folder) {
    return new ServerOptions(host, port, allowedHosts, knownNodes, Optional.of(folder), socket);
  }

  /** The same options; trainers reach the node through a Unix domain socket, too. */
  public ServerOptions withSocket(Path file) {
    return new ServerOptions(host, port, allowedHosts, knownNodes, identity, Optional.of(file));
  }
}

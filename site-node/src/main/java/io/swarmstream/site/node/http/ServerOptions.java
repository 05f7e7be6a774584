package io.swarmstream.site.node.http;

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
 */
public record ServerOptions(
    String host, int port, Set<String> allowedHosts, Optional<Path> knownNodes) {

  public ServerOptions {
    allowedHosts = Set.copyOf(allowedHosts);
  }

  /** Options without further names; trainers have to be given the token. */
  public static ServerOptions of(String host, int port) {
    return new ServerOptions(host, port, Set.of(), Optional.empty());
  }

  public ServerOptions withAllowedHosts(Set<String> names) {
    return new ServerOptions(host, port, names, knownNodes);
  }

  /** The same options; trainers of the same user find the token in a folder. */
  public ServerOptions withKnownNodes(Path folder) {
    return new ServerOptions(host, port, allowedHosts, Optional.of(folder));
  }
}

package io.swarmstream.site.node.http;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Where a node listens, and to whom.
 *
 * @param host address to listen on
 * @param port 0: a free one
 * @param allowedHosts names by which requests may call the node, beside addresses and localhost
 * @param knownNodes folder where this user's trainers look for the tokens of their nodes; empty:
 *     they have to be told
 */
public record ServerOptions(
    String host, int port, Set<String> allowedHosts, Optional<Path> knownNodes) {

  public ServerOptions {
    allowedHosts = Set.copyOf(allowedHosts);
  }

  /** Trainers have to be told the token. */
  public static ServerOptions of(String host, int port) {
    return new ServerOptions(host, port, Set.of(), Optional.empty());
  }

  public ServerOptions withAllowedHosts(Set<String> names) {
    return new ServerOptions(host, port, names, knownNodes);
  }

  /** Trainers of the same user find the token there. */
  public ServerOptions withKnownNodes(Path folder) {
    return new ServerOptions(host, port, allowedHosts, Optional.of(folder));
  }
}

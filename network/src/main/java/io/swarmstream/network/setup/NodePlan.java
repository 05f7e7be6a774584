package io.swarmstream.network.setup;

import io.swarmstream.schemas.MemberName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a new network node is to be.
 *
 * @param organisation that runs it
 * @param name of the member that runs it; unique in the swarm
 * @param host name or address under which members reach it
 * @param port of the API
 * @param p2pPort of the Ethereum node
 * @param kafka bootstrap servers that this organisation runs; null: none
 * @param chainUrl JSON-RPC address of an Ethereum node to use; null: the node runs its own
 */
public record NodePlan(
    String organisation,
    String name,
    String host,
    int port,
    int p2pPort,
    @Nullable String kafka,
    @Nullable String chainUrl) {
  public NodePlan {
    organisation = MemberName.check("--organisation", organisation);
    name = MemberName.check("--name", name);
    if (host.isBlank() || host.matches(".*[\\s/,].*")) {
      throw new IllegalArgumentException(
          "--host is \"" + host + "\"; give a name or an address without a port");
    }
    checkPort("--port", port);
    checkPort("--p2p-port", p2pPort);
  }

  private static void checkPort(String option, int port) {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(option + " is " + port + "; it has to be 1 to 65535");
    }
  }

  Optional<String> chain() {
    return Optional.ofNullable(chainUrl);
  }

  String url() {
    return "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}

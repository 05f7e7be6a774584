package io.swarmstream.shell.instructions.context;

import io.swarmstream.clients.network.VersionInfo;
import io.swarmstream.shell.session.ShellCall;
import io.swarmstream.shell.swarm.Swarm;
import io.swarmstream.shell.swarm.SwarmMark;
import java.net.URI;
import java.util.Optional;

/** Asks a network node whether it is up, and whether it is one of the member's swarm. */
final class NodeProbe {
  /** What HPE Swarm Learning says of a node that answers. */
  static final String UP = "API Server is UP!";

  private NodeProbe() {}

  /**
   * Asks a node.
   *
   * @throws io.swarmstream.clients.network.ApiUnreachableException when it does not answer
   * @throws IllegalArgumentException when it belongs to another swarm
   */
  static VersionInfo ask(ShellCall call, URI node) {
    Swarm swarm = call.session().swarm(node);
    VersionInfo version = swarm.version();
    SwarmMark found = SwarmMark.of(swarm.addresses());
    SwarmMark own = call.session().mark();
    Optional<String> network = call.session().contexts().network();
    if (!found.equals(own)
        || network.filter(known -> !known.equals(version.network())).isPresent()) {
      throw new IllegalArgumentException(
          "the network node at "
              + node
              + " belongs to another swarm: its SwarmMembers is "
              + found.swarmMembers()
              + " on "
              + version.network()
              + ", this folder's is "
              + own.swarmMembers()
              + network.map(known -> " on " + known).orElse("")
              + "; use the folder of a member of that swarm: --folder");
    }
    if (network.isEmpty()) {
      call.session().contexts().setNetwork(version.network());
    }
    return version;
  }
}

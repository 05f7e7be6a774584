package io.swarmstream.shell.swarm;

import java.net.URI;

/** Reaches the member's swarm through a network node. */
public interface SwarmOpener {
  /**
   * The swarm behind a network node. Sends nothing yet.
   *
   * @param node URL of its API
   */
  Swarm open(URI node);
}

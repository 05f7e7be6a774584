package io.swarmstream.local.console;

import io.swarmstream.local.LocalSwarm;
import io.swarmstream.local.MachineParts;
import io.swarmstream.local.SwarmSupervisor;
import io.swarmstream.local.proof.LocalVerifier;
import io.swarmstream.network.OwnersConsole;
import io.swarmstream.network.api.FolderDrafts;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;

/**
 * The web console of a swarm in this JVM: listens on loopback from its start, and starts everything
 * else when somebody connects for the first time.
 */
public final class LocalConsole implements AutoCloseable {
  private final OwnersConsole console;
  private final LazyServer server;
  private final URI url;
  private final URI link;

  private LocalConsole(OwnersConsole console, ServerSocketChannel bound, URI url) {
    this.console = console;
    this.url = url;
    this.link = console.link();
    this.server = LazyServer.start(bound, console::serve);
  }

  /**
   * Starts a console.
   *
   * @param supervisor says which parts are down
   * @param folder the swarm's, with its drafts
   * @throws IllegalStateException when the port is taken
   */
  public static LocalConsole start(
      LocalSwarm swarm, SwarmSupervisor supervisor, Path folder, ConsolePort port)
      throws IOException {
    ServerSocketChannel bound = port.bind();
    try {
      URI url = ConsolePort.url(bound);
      String owner = swarm.ownerAccount();
      return new LocalConsole(
          new OwnersConsole(
              new OwnersConsole.Swarm(
                  swarm.owner(),
                  owner,
                  swarm.coordinator(),
                  swarm.kafka().bootstrapServers(),
                  new FolderDrafts(folder, owner),
                  new LocalVerifier(),
                  swarm.consoleFolder(),
                  new MachineParts(swarm, supervisor)::now),
              url),
          bound,
          url);
    } catch (RuntimeException e) {
      bound.close();
      throw e;
    }
  }

  /** A link that logs a browser in, once. */
  public URI link() {
    return link;
  }

  /** One more, for another browser. */
  public URI anotherLink() {
    return console.link();
  }

  /** What 'swarm console' needs for another link. */
  public ConsoleFile file() {
    return new ConsoleFile(url, console.key().text());
  }

  @Override
  public void close() {
    server.close();
    console.close();
  }
}

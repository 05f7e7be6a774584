package io.swarmstream.network.chain;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;

/** The TCP port on which geth listens for its peers. */
final class PeerPort {
  private static final Duration POLL = Duration.ofMillis(100);

  private PeerPort() {}

  /**
   * Waits until nothing listens on the port: the geth of a process that was killed lives for
   * another second.
   *
   * @throws IllegalStateException when the port stays taken
   */
  static void awaitFree(int port, Duration longest) {
    Instant end = Instant.now().plus(longest);
    while (!isFree(port)) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException(
            "port "
                + port
                + ", on which geth is to listen for its peers, is used by another program; stop it,"
                + " or name another port with --p2p-port");
      }
      try {
        Thread.sleep(POLL.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while port " + port + " was taken", e);
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}

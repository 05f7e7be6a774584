package io.swarmstream.schemas.processes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds a TCP port of the loopback interface for a process that may stop and restart.
 *
 * <p>Does not use a port that the operating system chooses: while the process is down, the system
 * could give the same port to another process, or to the local end of any connection.
 */
public final class FreePort {
  /**
   * Below the ports that systems assign themselves: from 32,768 on Linux, from 49,152 elsewhere.
   */
  static final int FIRST = 20_000;

  static final int END = 32_000;

  private static final int ATTEMPTS = 1_000;

  private FreePort() {}

  /**
   * Returns a port that nothing listens on at present; a different one almost every time.
   *
   * @throws IllegalStateException when none is found
   */
  public static int any() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "no free port on localhost found among those from " + FIRST + " to " + (END - 1));
  }

  /** Whether nothing listens on this port of the loopback interface. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}

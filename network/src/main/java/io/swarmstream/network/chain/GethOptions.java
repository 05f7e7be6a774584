package io.swarmstream.network.chain;

import java.time.Duration;

/**
 * How a geth takes part in the network.
 *
 * @param host name or address under which other organisations reach it
 * @param port TCP port for its peers
 * @param isSealing whether it makes blocks once the others have voted for it
 * @param startTimeout longest wait for a start
 * @param logBytes size at which its log file is exchanged
 */
public record GethOptions(
    String host, int port, boolean isSealing, Duration startTimeout, long logBytes) {
  private static final long LOG_BYTES = 10L * 1024 * 1024;

  public GethOptions {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "the port for peers is " + port + "; it has to be from 1 to 65535");
    }
  }

  /** Where to listen for peers: on loopback if nobody else is to reach this node. */
  String listen() {
    boolean isLoopback = host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    return (isLoopback ? "127.0.0.1:" : ":") + port;
  }

  public static GethOptions of(String host, int port) {
    return new GethOptions(host, port, true, Duration.ofSeconds(30), LOG_BYTES);
  }

  /** A node that follows the chain and makes no blocks. */
  public GethOptions withoutSealing() {
    return new GethOptions(host, port, false, startTimeout, logBytes);
  }

  public GethOptions withLogBytes(long bytes) {
    return new GethOptions(host, port, isSealing, startTimeout, bytes);
  }
}

package io.swarmstream.local.console;

import io.swarmstream.schemas.processes.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.util.OptionalInt;

/**
 * Where a local console listens.
 *
 * @param chosen 0 for any free port; empty: {@link #USUAL} if it is free, else any free one
 */
public record ConsolePort(OptionalInt chosen) {
  /** The port if nobody chooses one. */
  public static final int USUAL = 30300;

  private static final String LOOPBACK = "127.0.0.1";
  private static final byte[] LOOPBACK_BYTES = {127, 0, 0, 1};
  private static final int BACKLOG = 128;

  /**
   * Listens there.
   *
   * @throws IllegalStateException when the port is taken
   */
  ServerSocketChannel bind() throws IOException {
    int port = chosen.orElseGet(() -> FreePort.isFree(USUAL) ? USUAL : FreePort.any());
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      return channel.bind(
          new InetSocketAddress(
              InetAddress.getByAddress(LOOPBACK_BYTES), port == 0 ? FreePort.any() : port),
          BACKLOG);
    } catch (IOException e) {
      channel.close();
      throw new IllegalStateException(
          "the console cannot listen on "
              + LOOPBACK
              + ":"
              + port
              + ": "
              + e.getMessage()
              + "; choose another --console port, or --console off",
          e);
    }
  }

  static URI url(ServerSocketChannel bound) throws IOException {
    return URI.create(
        "http://" + LOOPBACK + ":" + ((InetSocketAddress) bound.getLocalAddress()).getPort());
  }
}

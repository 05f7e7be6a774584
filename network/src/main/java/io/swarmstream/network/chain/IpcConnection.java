package io.swarmstream.network.chain;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** One connection to a node's socket, for one request at a time. */
final class IpcConnection implements Closeable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

  IpcConnection(Path socket) throws IOException {
    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      channel.configureBlocking(false);
      selector = Selector.open();
      key = channel.register(selector, 0);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Whether the node still holds the other end, and owes no answer. */
  boolean isUsable() {
    try {
      return channel.read(buffer.clear()) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Sends a request and reads the answer, which geth ends with a line feed.
   *
   * @param deadlineNanos on the clock of {@link System#nanoTime}
   */
  byte[] call(byte[] request, long deadlineNanos, int mostAnswerBytes) throws IOException {
    write(ByteBuffer.wrap(request), deadlineNanos);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    while (true) {
      await(SelectionKey.OP_READ, deadlineNanos);
      int read = channel.read(buffer.clear());
      if (read < 0) {
        throw new EOFException("the node closed the connection before it answered");
      }
      boolean isEnd = read > 0 && buffer.get(read - 1) == '\n';
      answer.write(buffer.array(), 0, isEnd ? read - 1 : read);
      if (answer.size() > mostAnswerBytes) {
        throw new IOException(
            "the answer has more than "
                + mostAnswerBytes
                + " bytes; ask for less, such as fewer blocks");
      }
      if (isEnd) {
        return answer.toByteArray();
      }
    }
  }

  private void write(ByteBuffer bytes, long deadlineNanos) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        await(SelectionKey.OP_WRITE, deadlineNanos);
      }
    }
  }

  private void await(int operation, long deadlineNanos) throws IOException {
    key.interestOps(operation);
    long leftMs = (deadlineNanos - System.nanoTime()) / 1_000_000;
    if (leftMs <= 0 || selector.select(leftMs) == 0) {
      throw new SocketTimeoutException("no answer in time");
    }
    selector.selectedKeys().clear();
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      selector.close();
    }
  }
}

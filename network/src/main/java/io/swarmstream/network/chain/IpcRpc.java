package io.swarmstream.network.chain;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.swarmstream.clients.chain.RpcTransport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * JSON-RPC over the Unix socket of a geth on this machine. Keeps a few connections; each carries
 * one request at a time. A call survives a restart of geth between two requests.
 *
 * <p>Not for subscriptions or requests without an id, to which geth gives no answer.
 */
public final class IpcRpc implements RpcTransport, AutoCloseable {
  private final Path socket;
  private final Limits limits;
  private final Semaphore permits;
  private final ConcurrentLinkedDeque<IpcConnection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean isClosed;

  /**
   * Bounds of a call.
   *
   * @param connections calls at the same time; others wait within their deadline
   * @param deadline from the call to the last byte of its answer
   * @param requestBytes largest request
   * @param answerBytes largest answer
   */
  public record Limits(int connections, Duration deadline, int requestBytes, int answerBytes) {
    public static final Limits DEFAULT =
        new Limits(8, Duration.ofSeconds(10), 2 * 1024 * 1024, 32 * 1024 * 1024);

    public Limits {
      if (connections < 1 || deadline.toMillis() < 1 || requestBytes < 1 || answerBytes < 1) {
        throw new IllegalArgumentException(
            "each limit has to be at least 1 (the deadline 1 ms): connections "
                + connections
                + ", deadline "
                + deadline
                + ", requestBytes "
                + requestBytes
                + ", answerBytes "
                + answerBytes);
      }
    }
  }

  public IpcRpc(Path socket, Limits limits) {
    this.socket = socket;
    this.limits = limits;
    this.permits = new Semaphore(limits.connections(), true);
  }

  @Override
  public byte[] call(byte[] request) throws IOException {
    if (request.length > limits.requestBytes()) {
      throw new IOException(
          "the request has "
              + request.length
              + " bytes; the node at "
              + socket
              + " takes at most "
              + limits.requestBytes());
    }
    long deadlineNanos = System.nanoTime() + limits.deadline().toNanos();
    acquire();
    try {
      return callNow(request, deadlineNanos);
    } catch (IOException e) {
      throw new IOException("the Ethereum node at " + socket + ": " + e.getMessage(), e);
    } finally {
      permits.release();
    }
  }

  private void acquire() throws IOException {
    try {
      if (!permits.tryAcquire(limits.deadline().toNanos(), NANOSECONDS)) {
        throw new IOException(
            "all "
                + limits.connections()
                + " connections to the Ethereum node at "
                + socket
                + " were busy for "
                + limits.deadline().toMillis()
                + " ms; call it less often");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the node at " + socket);
    }
  }

  private byte[] callNow(byte[] request, long deadlineNanos) throws IOException {
    IpcConnection connection = connection();
    boolean isAnswered = false;
    try {
      byte[] answer = connection.call(request, deadlineNanos, limits.answerBytes());
      isAnswered = true;
      return answer;
    } finally {
      // After a failure the answer may still come, and would be taken for that of the next request.
      if (isAnswered && !isClosed) {
        idle.push(connection);
      } else {
        connection.close();
      }
    }
  }

  private IpcConnection connection() throws IOException {
    if (isClosed) {
      throw new IOException("the connection is closed");
    }
    for (@Nullable IpcConnection kept = idle.poll(); kept != null; kept = idle.poll()) {
      if (kept.isUsable()) {
        return kept;
      }
      kept.close();
    }
    return new IpcConnection(socket);
  }

  /** Closes idle connections. A call in progress ends first. */
  @Override
  public void close() {
    isClosed = true;
    for (@Nullable IpcConnection kept = idle.poll(); kept != null; kept = idle.poll()) {
      try {
        kept.close();
      } catch (IOException e) {
        // The connection is gone either way.
      }
    }
  }
}

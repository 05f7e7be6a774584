package io.swarmstream.local.console;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until somebody connects to a channel, and then hands the channel to a server: most swarms
 * end before anybody has looked at their console. Whoever connects waits meanwhile; the system
 * keeps their connection.
 */
final class LazyServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LazyServer.class);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

  private final ServerSocketChannel bound;
  private final Selector selector;
  private final Serving serving;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread waiting = new Thread(this::run, "local-console");

  /** Begins to serve on a channel, which it closes when it ends. */
  @FunctionalInterface
  interface Serving {
    void on(ServerSocketChannel bound) throws IOException;
  }

  private LazyServer(ServerSocketChannel bound, Selector selector, Serving serving) {
    this.bound = bound;
    this.selector = selector;
    this.serving = serving;
  }

  static LazyServer start(ServerSocketChannel bound, Serving serving) {
    try {
      LazyServer server = new LazyServer(bound, Selector.open(), serving);
      server.waiting.setDaemon(true);
      server.waiting.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException("cannot wait for connections: " + e.getMessage(), e);
    }
  }

  private void run() {
    try {
      if (!isAskedFor()) {
        return;
      }
      bound.configureBlocking(true);
      while (!isServing() && bound.isOpen()) {
        if (closed.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (IOException e) {
      LOG.warn("nobody can connect to the console: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when somebody connects, or the swarm ends. */
  private boolean isAskedFor() throws IOException {
    try (selector) {
      bound.configureBlocking(false);
      bound.register(selector, SelectionKey.OP_ACCEPT);
      while (closed.getCount() > 0) {
        if (selector.select() > 0) {
          return true;
        }
      }
      return false;
    }
  }

  private boolean isServing() {
    try {
      serving.on(bound);
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.warn("the console does not start: {}; trying again", e.toString());
      return false;
    }
  }

  @Override
  public void close() {
    closed.countDown();
    selector.wakeup();
    boolean interrupted = false;
    while (true) {
      try {
        waiting.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    try {
      bound.close();
    } catch (IOException e) {
      LOG.debug("the console's port did not close", e);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.swarmstream.embedded;

import io.swarmstream.schemas.processes.FreePort;
import java.net.BindException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker in this JVM: one node, both broker and controller, on localhost. It keeps one
 * replica, clients cannot create topics, and the size limits are the broker's defaults, so that
 * what passes here passes elsewhere.
 *
 * <p>While such a broker runs, a fatal fault in it fails the thread that found it instead of the
 * JVM.
 *
 * <p>Safe for use by several threads.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final int ATTEMPTS = 3;
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);

  static {
    // Kafka ends its process on fatal faults, but this process does not belong to Kafka alone.
    Exit.setExitProcedure(EmbeddedKafka::refuseToExit);
    Exit.setHaltProcedure(EmbeddedKafka::refuseToExit);
  }

  private final EmbeddedKafkaOptions options;
  private final BrokerFolder folder;
  private int port;
  private int controllerPort;
  private @Nullable KafkaRaftServer server;

  /** Whether a broker that failed to start could not be stopped either. */
  private boolean stuck;

  private boolean closed;

  private EmbeddedKafka(EmbeddedKafkaOptions options, BrokerFolder folder) {
    this.options = options;
    this.folder = folder;
  }

  /** Starts a broker with a temporary folder on a free port; returns when it accepts records. */
  public static EmbeddedKafka start() {
    return start(EmbeddedKafkaOptions.defaults());
  }

  /**
   * Starts a broker; returns when it accepts records.
   *
   * @throws IllegalStateException when it does not start before the deadline, with the reason;
   *     thrown once the half-started broker has stopped, which may take a few seconds more
   */
  public static EmbeddedKafka start(EmbeddedKafkaOptions options) {
    EmbeddedKafka kafka = new EmbeddedKafka(options, BrokerFolder.open(options.folder()));
    try {
      kafka.startOnFreePorts();
      return kafka;
    } catch (RuntimeException e) {
      try {
        // A broker that still runs would write to a folder that another broker holds by then.
        if (!kafka.stuck) {
          kafka.folder.release();
        }
      } catch (RuntimeException unreleased) {
        e.addSuppressed(unreleased);
      }
      throw e;
    }
  }

  /** The address for clients: {@code localhost:port}. It stays the same after a restart. */
  public synchronized String bootstrapServers() {
    return "localhost:" + port;
  }

  public synchronized boolean isRunning() {
    return server != null;
  }

  /**
   * Stops the broker and keeps its folder; does nothing when it is already stopped. Clients see a
   * broker that is down.
   */
  public synchronized void stop() {
    KafkaRaftServer running = server;
    if (running == null) {
      return;
    }
    await(
        "stop",
        STOP_DEADLINE,
        inBackground(
            "stop",
            () -> {
              running.shutdown();
              running.awaitShutdown();
            }));
    // Not earlier: a restart beside a broker that has not stopped would corrupt the folder.
    server = null;
  }

  /** Stops the broker if it runs, and starts it again on the same port and folder. */
  public synchronized void restart() {
    if (closed || stuck) {
      throw new IllegalStateException(
          "Kafka broker on port " + port + (closed ? " is closed" : " could not be stopped"));
    }
    stop();
    startServer();
  }

  /**
   * Stops the broker for good: it cannot be restarted. Deletes a temporary folder, and releases any
   * other folder for use by others.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    stop();
    closed = true;
    folder.release();
  }

  private synchronized void startOnFreePorts() {
    for (int attempt = 1; ; attempt++) {
      port = options.port() == 0 ? FreePort.any() : options.port();
      controllerPort = FreePort.any();
      try {
        startServer();
        return;
      } catch (IllegalStateException e) {
        // Another process may take a free port before the broker binds to it.
        if (options.port() != 0 || attempt == ATTEMPTS || stuck || !isPortTaken(e)) {
          throw e;
        }
      }
    }
  }

  private void startServer() {
    Map<String, String> settings =
        BrokerSettings.of(folder.path(), port, controllerPort, options.settings());
    KafkaRaftServer starting = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    FutureTask<@Nullable Void> start = inBackground("start", starting::startup);
    try {
      await("start", options.startDeadline(), start);
    } catch (IllegalStateException e) {
      abandon(start, starting, e);
      throw e;
    }
    server = starting;
  }

  /**
   * Stops a half-started broker, which still holds its ports and its folder. Waits until its start
   * is over, because an interrupted start leaves threads behind that no stop finds.
   */
  private void abandon(
      FutureTask<@Nullable Void> start,
      KafkaRaftServer halfStarted,
      IllegalStateException failure) {
    try {
      var unused = start.get(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      // The start is over, and its failure is already reported.
    } catch (TimeoutException e) {
      stuck = true;
      failure.addSuppressed(e);
      return;
    } catch (InterruptedException e) {
      stuck = true;
      Thread.currentThread().interrupt();
      return;
    }
    try {
      await("stop", STOP_DEADLINE, inBackground("stop", halfStarted::shutdown));
    } catch (IllegalStateException e) {
      stuck = true;
      failure.addSuppressed(e);
    }
  }

  private static FutureTask<@Nullable Void> inBackground(String verb, Runnable work) {
    FutureTask<@Nullable Void> task = new FutureTask<>(work, null);
    Thread thread = new Thread(task, "embedded-kafka-" + verb);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private void await(String verb, Duration deadline, FutureTask<@Nullable Void> task) {
    String failure =
        "Kafka broker on port " + port + " with its log in " + folder.path() + " did not " + verb;
    try {
      var unused = task.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(failure + " within " + deadline.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(failure + ": " + rootOf(e).getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(failure + ": interrupted", e);
    }
  }

  private static void refuseToExit(int status, @Nullable String message) {
    throw new IllegalStateException(
        "the Kafka broker wanted to end the JVM with status "
            + status
            + (message == null ? "" : ": " + message));
  }

  private static boolean isPortTaken(Throwable failure) {
    return rootOf(failure) instanceof BindException;
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = root.getCause(); cause != null; cause = root.getCause()) {
      root = cause;
    }
    return root;
  }
}

package io.swarmstream.embedded;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.swarmstream.schemas.processes.ChildCommand;
import io.swarmstream.schemas.processes.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Ethereum node for development: one anvil process on the loopback interface. It ends with
 * this process, even when this process is killed.
 *
 * <p>It mines a block for every transaction, unless a block time is given. Its accounts and their
 * keys are the same every time and known to everybody: never use them on another chain. Its first
 * block differs from that of any other node, and stays the same when the node restarts from its
 * state file.
 *
 * <p>Methods throw {@link IllegalStateException} with anvil's output when it does not start.
 */
public final class Anvil implements AutoCloseable {
  private static final Duration START_DEADLINE = Duration.ofSeconds(20);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);
  private static final long CHAIN_ID = 31337;

  private final Options options;
  private final Thread stopWithJvm = new Thread(this::killProcess, "anvil-stop");

  // Volatile, because the JVM's shutdown hook reads it without waiting for the lock.
  private volatile @Nullable Process process;
  private AnvilOutput output;
  private int port;

  /**
   * How to run the node.
   *
   * @param port port to listen on; 0 for any free one
   * @param blockTime time between blocks, whole seconds; empty to mine a block for every
   *     transaction
   * @param state file that stores the chain, written every second and when the node stops; empty to
   *     lose the chain when the process ends
   */
  public record Options(int port, Optional<Duration> blockTime, Optional<Path> state) {
    public static final Options DEFAULT = new Options(0, Optional.empty(), Optional.empty());

    public Options withPort(int port) {
      return new Options(port, blockTime, state);
    }

    public Options withBlockTime(Duration blockTime) {
      return new Options(port, Optional.of(blockTime), state);
    }

    public Options withState(Path file) {
      return new Options(port, blockTime, Optional.of(file));
    }
  }

  private Anvil(Options options) {
    this.options = options;
    this.port = options.port() == 0 ? FreePort.any() : options.port();
    this.output = launch();
    Runtime.getRuntime().addShutdownHook(stopWithJvm);
  }

  public static Anvil start() {
    return start(Options.DEFAULT);
  }

  public static Anvil start(Options options) {
    return new Anvil(options);
  }

  /** The node's JSON-RPC address. It stays the same through {@link #restart}. */
  public synchronized String url() {
    return "http://127.0.0.1:" + port;
  }

  public long chainId() {
    return CHAIN_ID;
  }

  /**
   * Private keys of the accounts that own 10,000 ether each, 0x and 64 hex digits. They are public
   * knowledge: use them for development chains only.
   */
  public synchronized List<String> devKeys() {
    return output.privateKeys();
  }

  public synchronized boolean isRunning() {
    Process running = process;
    return running != null && running.isAlive();
  }

  /** Process ID; -1 when it does not run. */
  synchronized long pid() {
    Process running = process;
    return running != null && running.isAlive() ? running.pid() : -1;
  }

  /** Stops the process as an administrator would: it writes its state first. */
  public synchronized void stop() {
    Process running = process;
    if (running != null) {
      running.destroy();
      if (!hasEnded(running, STOP_DEADLINE)) {
        killProcess();
      }
    }
  }

  /** Kills the process at once, as a power failure would: the last second may be lost. */
  public synchronized void kill() {
    killProcess();
  }

  /**
   * Starts the node again on its port, with the chain from the state file if there is one. Stops a
   * running node first.
   */
  public synchronized void restart() {
    stop();
    output = launch();
  }

  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(stopWithJvm);
    } catch (IllegalStateException e) {
      // The JVM is shutting down: the hook already runs and finds nothing left to do.
    }
  }

  /**
   * Returns the command that runs a node as a separate process, with its chain in a file.
   *
   * @param port port to listen on
   * @param state the file, written every second, so that a killed node loses its last second; the
   *     genesis of the chain is stored beside it
   * @throws IllegalStateException when the file comes from an earlier build
   */
  public static List<String> command(int port, Path state) {
    List<String> command = command(port);
    command.addAll(Genesis.of(state).options());
    command.addAll(keeping(state));
    return command;
  }

  /**
   * Returns the keys that a node's output names, 0x and 64 hex digits: the same every time.
   *
   * @param output what the node has printed
   */
  public static List<String> devKeys(Stream<String> output) {
    return output.flatMap(line -> AnvilOutput.key(line).stream()).distinct().toList();
  }

  private static List<String> command(int port) {
    List<String> command = new ArrayList<>();
    command.add(AnvilBinary.find().toString());
    // Keeps web pages from calling the node: whoever can call it controls the chain.
    command.addAll(List.of("--host", "127.0.0.1", "--port", Integer.toString(port), "--no-cors"));
    return command;
  }

  private static List<String> keeping(Path state) {
    return List.of("--state", state.toString(), "--state-interval", "1");
  }

  private AnvilOutput launch() {
    List<String> command = command(port);
    command.addAll(options.state().map(Genesis::of).orElseGet(Genesis::fresh).options());
    options
        .blockTime()
        .ifPresent(
            time -> command.addAll(List.of("--block-time", Long.toString(time.toSeconds()))));
    options.state().ifPresent(file -> command.addAll(keeping(file)));
    Process started = spawn(command);
    process = started;
    try {
      AnvilOutput result = AnvilOutput.follow(started, START_DEADLINE);
      port = result.port();
      return result;
    } catch (IllegalStateException e) {
      killProcess();
      throw e;
    }
  }

  private void killProcess() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      hasEnded(running, STOP_DEADLINE);
    }
  }

  private static Process spawn(List<String> command) {
    try {
      return new ProcessBuilder(ChildCommand.of(command)).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException("anvil could not be started with " + command, e);
    }
  }

  private static boolean hasEnded(Process process, Duration deadline) {
    try {
      return process.waitFor(deadline.toMillis(), MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

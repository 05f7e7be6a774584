package io.swarmstream.network.chain;

import io.swarmstream.schemas.files.FolderLock;
import io.swarmstream.schemas.processes.BackgroundThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;

/**
 * An organisation's own Ethereum node: a geth that only this process can call, over its socket, and
 * whose only peers are the members' nodes. It is started again when it dies, and ends with this
 * process.
 */
public final class GethNode implements EthereumNode {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration SHORTEST_HALT = Duration.ofSeconds(10);
  private static final int PERIODS_OF_A_HALT = 5;
  private static final Duration LONGEST_TAKEN = Duration.ofSeconds(5);

  /** Age of a newest block that is up to date; the longest period is a minute. */
  private static final Duration CURRENT = Duration.ofSeconds(90);

  private final GethFolder folder;
  private final GethOptions options;
  private final Path socket;
  private final GethProcess process;
  private final IpcRpc rpc;

  /** For its own calls, so that no caller can keep it from them. */
  private final IpcRpc ownRpc;

  private final RpcCalls own;
  private final GenesisFile genesis;
  private final FolderLock lock;
  private final ChainCircle circle;
  private final BlockClock clock = new BlockClock();
  private final BackgroundThread watch = new BackgroundThread("chain-watch");

  private GethNode(Path geth, GethFolder folder, GethOptions options, FolderLock lock)
      throws IOException {
    this.folder = folder;
    this.lock = lock;
    this.options = options;
    this.genesis =
        folder
            .genesis()
            .orElseThrow(() -> new IllegalStateException("no chain has begun in " + folder.path()));
    this.socket = IpcSocket.in(folder.path(), IpcSocket.runtimeFolder());
    GethConfig.write(folder, GethConfig.peers(folder), options.listen());
    this.rpc = new IpcRpc(socket, IpcRpc.Limits.DEFAULT);
    this.ownRpc = new IpcRpc(socket, IpcRpc.Limits.DEFAULT);
    this.own = new RpcCalls(ownRpc);
    this.process =
        new GethProcess(
            () -> GethCommand.node(geth, folder, options, socket),
            folder.path().resolve("geth.log"),
            options.logBytes());
    this.circle =
        new ChainCircle(
            new ChainPeers(own, folder, enode().id()),
            new Sealers(own),
            sealer(),
            options.isSealing());
    watch.every(Duration.ofSeconds(1), this::look);
  }

  private void look() {
    try {
      clock.see(own.number("eth_blockNumber"));
    } catch (IOException e) {
      // health() asks itself, and says why there is no answer.
    }
  }

  /**
   * Starts the node and waits until it answers.
   *
   * @param geth the program, from {@link GethBinary}
   * @param folder a folder in which a chain has begun
   * @throws IllegalStateException when it does not answer in time, with what it said, or when
   *     another process uses the folder
   */
  public static GethNode start(Path geth, GethFolder folder, GethOptions options)
      throws IOException {
    FolderLock lock =
        FolderLock.of(
            folder.path(),
            folder.path()
                + " is used by another network node that is running; stop it first, or name another"
                + " --folder");
    GethNode node;
    try {
      node = new GethNode(geth, folder, options, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
    try {
      node.restart();
      return node;
    } catch (IOException | RuntimeException e) {
      node.close();
      throw e;
    }
  }

  /** Stops the node if it runs, starts it, and waits until it answers. */
  public void restart() throws IOException {
    process.stop();
    clock.reset();
    // The geth of a process that was killed lives for another second, and must not answer.
    Files.deleteIfExists(socket);
    PeerPort.awaitFree(options.port(), LONGEST_TAKEN);
    process.start();
    awaitAnswer();
    String first = own.call("eth_getBlockByNumber", "0x0", false).path("hash").asText();
    if (!first.equals(genesis.hash())) {
      throw new IllegalStateException(
          "the chain in "
              + folder.path()
              + " begins with "
              + first
              + " and its genesis file with "
              + genesis.hash()
              + "; restore the folder from a backup, or join anew with another --folder");
    }
  }

  private void awaitAnswer() {
    Instant end = Instant.now().plus(options.startTimeout());
    while (true) {
      IOException failure;
      try {
        own.call("eth_chainId");
        return;
      } catch (IOException e) {
        failure = e;
      }
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException(
            "geth does not answer at "
                + socket
                + " after "
                + options.startTimeout().toSeconds()
                + " s ("
                + failure.getMessage()
                + "); "
                + (process.trouble().isEmpty()
                    ? "see " + folder.path().resolve("geth.log")
                    : process.trouble()),
            failure);
      }
      try {
        Thread.sleep(POLL.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while geth started", e);
      }
    }
  }

  /** Stops the node; {@link #restart} starts it again. */
  public void stop() {
    process.stop();
  }

  /** Kills the node as a power failure would; {@link #restart} starts it again. */
  public void kill() {
    process.kill();
  }

  /** Process ID of geth; -1 when it does not run. */
  public long pid() {
    return process.pid();
  }

  /** Where other nodes find this one. */
  public Enode enode() {
    return folder.enode(options.host(), options.port());
  }

  /** Account that seals this node's blocks. */
  public String sealer() {
    return folder.sealer();
  }

  /** Accounts that may make blocks now; more than half of them have to be there. */
  public Set<String> sealers() throws IOException {
    return new Sealers(own).present();
  }

  public GenesisFile genesis() {
    return genesis;
  }

  @Override
  public String place() {
    return "ipc:" + socket;
  }

  @Override
  public byte[] call(byte[] request) throws IOException {
    return rpc.call(request);
  }

  @Override
  public ChainHealth health() {
    try {
      clock.see(own.number("eth_blockNumber"));
      Duration since = clock.sinceLastBlock();
      if (genesis.periodSeconds() == 0) { // no block says nothing
        return circle.health(clock.block(), since, false);
      }
      boolean isHalted = since.compareTo(longestPause()) > 0;
      ChainHealth health = circle.health(clock.block(), since, isHalted);
      Duration age = age();
      return isHalted || age.compareTo(CURRENT) < 0 ? health : health.withMore(behind(age));
    } catch (IOException e) {
      String trouble = process.trouble();
      return new ChainHealth(
          ChainHealth.State.DOWN,
          -1,
          process.isAlive() || trouble.isEmpty() ? String.valueOf(e.getMessage()) : trouble);
    }
  }

  private static String behind(Duration age) {
    return "; this node is still catching up, or the clock of this machine is wrong: the newest"
        + " block is "
        + age.toSeconds()
        + " s old";
  }

  private Duration longestPause() {
    Duration periods = Duration.ofSeconds((long) PERIODS_OF_A_HALT * genesis.periodSeconds());
    return periods.compareTo(SHORTEST_HALT) > 0 ? periods : SHORTEST_HALT;
  }

  /**
   * Names nodes to connect with, so that a node that joins learns the chain from them. They stay
   * until {@link #reconcile} knows better.
   */
  public void connect(Collection<Enode> nodes) throws IOException {
    circle.connect(nodes);
  }

  /**
   * Makes the nodes of these members the only peers of this one, and votes that their sealers, and
   * no others, make blocks. To be repeated every few seconds, with what the chain says of its
   * members. While the newest block here is older than 90 seconds, it adds peers and does nothing
   * else: the members may be those of long ago.
   *
   * @param members the nodes of all members that may seal, with this one. Do not call this when
   *     they could not be read: an empty list disconnects all
   */
  public void reconcile(Collection<ChainPeer> members) throws IOException {
    circle.reconcile(members, age().compareTo(CURRENT) < 0);
  }

  private Duration age() throws IOException {
    String time = own.call("eth_getBlockByNumber", "latest", false).path("timestamp").asText();
    return Duration.between(Instant.ofEpochSecond(RpcCalls.quantity(time)), Instant.now());
  }

  @Override
  public void close() {
    watch.close();
    rpc.close();
    ownRpc.close();
    try (lock) {
      process.close();
      if (!socket.startsWith(folder.path())) {
        Files.deleteIfExists(Objects.requireNonNull(socket.getParent())); // the short folder
      }
    } catch (IOException e) {
      // geth has ended; a file could not be closed, which the end of this process does.
    }
  }
}

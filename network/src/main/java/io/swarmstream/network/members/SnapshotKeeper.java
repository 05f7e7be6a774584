package io.swarmstream.network.members;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.kafka.SeldomWarning;
import io.swarmstream.schemas.processes.BackgroundThread;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the chain after each new block, and tells listeners what has changed. While the chain does
 * not answer, what it said last stands. Safe for use by many threads.
 */
public final class SnapshotKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotKeeper.class);
  private static final Duration POLL = Duration.ofMillis(500);

  private final ChainClient chain;
  private final Supplier<SwarmSnapshot> reader;
  private final SeldomWarning warning = new SeldomWarning(LOG);
  private final List<Consumer<SwarmSnapshot>> listeners = new CopyOnWriteArrayList<>();
  private final BackgroundThread polls = new BackgroundThread("swarm-snapshots");
  private volatile SwarmSnapshot newest;
  private volatile long block = -1;
  private volatile @Nullable String problem;

  private SnapshotKeeper(ChainClient chain, Supplier<SwarmSnapshot> reader) {
    this.chain = chain;
    this.reader = reader;
    this.block = chain.newestBlock();
    this.newest = reader.get();
  }

  /**
   * Reads the chain, and goes on reading it.
   *
   * @throws ChainException when it does not answer
   */
  public static SnapshotKeeper start(ChainClient chain) {
    return start(chain, () -> SwarmSnapshot.read(chain));
  }

  /**
   * Reads a chain otherwise.
   *
   * @param reader reads what it says at present
   * @throws ChainException when it does not answer
   */
  public static SnapshotKeeper start(ChainClient chain, Supplier<SwarmSnapshot> reader) {
    SnapshotKeeper keeper = new SnapshotKeeper(chain, reader);
    keeper.polls.every(POLL, keeper::poll);
    return keeper;
  }

  public SwarmSnapshot newest() {
    return newest;
  }

  /** Number of the block that {@link #newest} is of, or an earlier one. */
  public long block() {
    return block;
  }

  /** What keeps it from reading the chain at present. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** Calls the listener now, and after each change, in one thread at a time. */
  public void onChange(Consumer<SwarmSnapshot> listener) {
    listeners.add(listener);
    polls.execute(() -> tell(listener, newest));
  }

  /** Reads the chain now, for a caller that knows of a change. */
  public synchronized SwarmSnapshot refresh() {
    long now = chain.newestBlock();
    SwarmSnapshot read = reader.get();
    block = now;
    if (!read.equals(newest)) {
      newest = read;
      polls.execute(() -> listeners.forEach(listener -> tell(listener, read)));
    }
    return read;
  }

  private void poll() {
    try {
      if (chain.newestBlock() != block) {
        var unused = refresh();
      }
      problem = null;
    } catch (ChainException e) {
      problem = e.getMessage();
      warning.say("what members may do stands still: " + e.getMessage());
    } catch (RuntimeException e) {
      problem = e.toString();
      LOG.error("the chain cannot be read", e);
    }
  }

  private void tell(Consumer<SwarmSnapshot> listener, SwarmSnapshot snapshot) {
    try {
      listener.accept(snapshot);
    } catch (RuntimeException e) {
      LOG.error("a change of the swarm could not be followed", e);
    }
  }

  @Override
  public void close() {
    polls.close();
  }
}

package io.swarmstream.local;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.embedded.Anvil;
import io.swarmstream.local.processes.ChainFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Ethereum node, as a supervisor sees it. While the node answers, keeps a copy of its file once
 * a minute, because a node that is killed while it writes leaves half a file behind.
 */
final class WatchedChain implements Watched {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedChain.class);

  static final String NAME = "the Ethereum node";

  /** How long the node may be silent before it counts as down. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private static final Duration KEEP_EVERY = Duration.ofMinutes(1);

  private final Anvil anvil;
  private final ChainClient client;
  private final ChainFile file;
  private long keptAtNanos = System.nanoTime();

  WatchedChain(Anvil anvil, ChainClient client, Path file) {
    this.anvil = anvil;
    this.client = client;
    this.file = new ChainFile(file);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<Trouble> trouble() throws InterruptedException {
    if (!anvil.isRunning()) {
      return Optional.of(Trouble.certain("its process has ended"));
    }
    try {
      var unused = client.newestBlock();
    } catch (RuntimeException e) {
      return Optional.of(new Trouble("it does not answer", SILENCE));
    }
    keep();
    return Optional.empty();
  }

  private void keep() throws InterruptedException {
    if (System.nanoTime() - keptAtNanos > KEEP_EVERY.toNanos()) {
      keptAtNanos = System.nanoTime();
      try {
        file.keep();
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        LOG.debug("No copy of the chain could be kept", e);
      }
    }
  }

  @Override
  public void restart() throws IOException {
    anvil.kill();
    file.mend();
    anvil.restart();
  }
}

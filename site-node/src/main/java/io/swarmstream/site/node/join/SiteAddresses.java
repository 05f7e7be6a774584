package io.swarmstream.site.node.join;

import io.swarmstream.clients.network.NetworkClient;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** Asks the network nodes where the swarm's Kafka is. */
public final class SiteAddresses {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final SiteFolder folder;
  private final Consumer<String> progress;

  public SiteAddresses(SiteFolder folder, Consumer<String> progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Returns as soon as an organisation has announced a Kafka; the folder knows it then.
   *
   * @throws IllegalStateException when none has in time
   */
  public SiteSettings awaitKafka(Duration deadline) throws IOException, InterruptedException {
    SiteSettings site = folder.requiredSettings();
    NetworkClient network = folder.network();
    long end = System.nanoTime() + deadline.toNanos();
    boolean isTold = false;
    while (true) {
      SiteSettings now = site.with(network.addresses());
      if (!now.equals(site)) {
        folder.save(now);
        site = now;
      }
      if (site.kafka() != null) {
        return site;
      }
      if (!isTold) {
        isTold = true;
        progress.accept("waiting for an organisation that announces its Kafka");
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "no organisation of the swarm has announced a Kafka within "
                + deadline.toSeconds()
                + " s; ask the one that runs it for 'swarm network start --kafka HOST:PORT'");
      }
      Thread.sleep(POLL.toMillis());
    }
  }
}

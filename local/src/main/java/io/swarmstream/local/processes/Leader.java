package io.swarmstream.local.processes;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.runtime.leaderelection.LeaderInformation;
import org.apache.flink.runtime.util.ZooKeeperUtils;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.KeeperException;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.ZooKeeper;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.client.ZKClientConfig;

/**
 * Asks ZooKeeper which JobManager leads. Not through Flink's own client, which takes TLS from
 * system properties only: they would hold for all clusters that this process knows.
 */
final class Leader {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long PAUSE_MS = 50;

  private final Configuration flink;
  private final ZKClientConfig client = new ZKClientConfig();

  /**
   * @param settings of ZooKeeper's client, for TLS
   */
  Leader(Configuration flink, Map<String, String> settings) {
    this.flink = flink;
    settings.forEach(client::setProperty);
  }

  /** The leader's REST port; empty when nobody leads, or ZooKeeper does not answer. */
  Optional<Integer> restPort() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper zooKeeper =
        new ZooKeeper(
            flink.get(HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM),
            (int) PATIENCE.toMillis(),
            event -> {
              if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
              }
            },
            client);
    try {
      if (!connected.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
      do {
        Optional<Integer> port = ask(zooKeeper);
        if (port.isPresent()) {
          return port;
        }
        Thread.sleep(PAUSE_MS);
      } while (System.nanoTime() < end);
      return Optional.empty();
    } finally {
      zooKeeper.close();
    }
  }

  private Optional<Integer> ask(ZooKeeper zooKeeper) throws IOException, InterruptedException {
    String path =
        ZooKeeperUtils.generateZookeeperPath(
            flink.get(HighAvailabilityOptions.HA_ZOOKEEPER_ROOT),
            flink.get(HighAvailabilityOptions.HA_CLUSTER_ID),
            ZooKeeperUtils.generateConnectionInformationPath(
                ZooKeeperUtils.getLeaderPath("rest_server")));
    try {
      LeaderInformation information =
          ZooKeeperUtils.readLeaderInformation(zooKeeper.getData(path, false, null));
      return Optional.ofNullable(information.getLeaderAddress())
          .map(address -> URI.create(address).getPort());
    } catch (KeeperException | ClassNotFoundException e) {
      return Optional.empty(); // nobody leads yet, or ZooKeeper is restarting
    }
  }
}

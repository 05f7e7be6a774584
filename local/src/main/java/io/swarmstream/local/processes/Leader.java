package io.swarmstream.local.processes;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.highavailability.ClientHighAvailabilityServices;
import org.apache.flink.runtime.highavailability.HighAvailabilityServicesUtils;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalException;
import org.apache.flink.runtime.util.LeaderRetrievalUtils;

/** Asks ZooKeeper which JobManager leads. */
final class Leader {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Leader() {}

  /** The leader's REST port; empty when nobody leads, or ZooKeeper does not answer. */
  static Optional<Integer> restPort(Configuration flink) throws Exception {
    try (ClientHighAvailabilityServices services =
        HighAvailabilityServicesUtils.createClientHAService(flink, error -> {})) {
      String address =
          LeaderRetrievalUtils.retrieveLeaderInformation(
                  services.getClusterRestEndpointLeaderRetriever(), PATIENCE)
              .getLeaderAddress();
      return Optional.of(URI.create(address).getPort());
    } catch (LeaderRetrievalException e) {
      return Optional.empty();
    }
  }
}

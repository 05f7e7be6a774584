package io.swarmstream.site.node.join;

import io.swarmstream.clients.network.ApiRefusalException;
import io.swarmstream.clients.network.NetworkClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Waits until an admin has approved a site that is pending. */
public final class Approval {
  private static final Duration POLL = Duration.ofMillis(500);

  /** Answers of a node that does not serve the site yet: pending, or it lags by a block. */
  private static final Set<String> NOT_YET = Set.of("pending", "unknown-key");

  private final SiteFolder folder;
  private final Consumer<String> progress;

  public Approval(SiteFolder folder, Consumer<String> progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Returns when the site is an active member.
   *
   * @param admins who can approve; empty: not known any more
   * @throws IllegalStateException when nobody has approved in time; says who has to
   * @throws ApiRefusalException when the site was suspended or removed
   */
  public void await(List<String> admins, Duration deadline)
      throws IOException, InterruptedException {
    SiteSettings site = folder.requiredSettings();
    NetworkClient network = folder.network();
    String who = admins.isEmpty() ? "an admin of the swarm" : String.join(" or ", admins);
    long end = System.nanoTime() + deadline.toNanos();
    boolean isTold = false;
    while (!isActive(network)) {
      if (!isTold) {
        isTold = true;
        progress.accept(
            "waiting for " + who + " to approve it: swarm network approve " + site.name());
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            site.name()
                + " is pending, and nobody has approved it within "
                + deadline.toSeconds()
                + " s; have "
                + who
                + " run 'swarm network approve "
                + site.name()
                + "', then run this command again");
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  /** Whether the network nodes know the key of the caller's certificate as a member's. */
  public static boolean isKnown(NetworkClient network) {
    try {
      return network.me().status().equals("active");
    } catch (ApiRefusalException e) {
      return !e.code().equals("unknown-key");
    }
  }

  private static boolean isActive(NetworkClient network) {
    try {
      return network.me().status().equals("active");
    } catch (ApiRefusalException e) {
      if (NOT_YET.contains(e.code())) {
        return false;
      }
      throw e;
    }
  }
}

package io.swarmstream.site.node;

import io.swarmstream.clients.kafka.MissingRightException;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a member's rights in Kafka, which its organisation's network node gives when the chain
 * says that the member is enrolled: some seconds later, more on a busy machine.
 */
final class FollowingRights {
  private static final Logger LOG = LoggerFactory.getLogger(FollowingRights.class);
  private static final Duration RETRY = Duration.ofMillis(500);

  private FollowingRights() {}

  /** Something that needs the rights. */
  interface Attempt<T> {
    T run() throws IOException, InterruptedException;
  }

  /**
   * Tries until no right is missing any more.
   *
   * @throws MissingRightException or what has it as its cause, after this time
   */
  static <T> T await(Duration patience, Attempt<T> attempt)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    boolean isSaid = false;
    while (true) {
      try {
        return attempt.run();
      } catch (RuntimeException e) {
        if (!MissingRightException.isIn(e) || System.nanoTime() > end) {
          throw e;
        }
        if (!isSaid) {
          isSaid = true;
          LOG.info(
              "waits up to {} s for the network node to give this site its rights in Kafka: {}",
              patience.toSeconds(),
              e.getMessage());
        }
      }
      Thread.sleep(RETRY.toMillis());
    }
  }
}

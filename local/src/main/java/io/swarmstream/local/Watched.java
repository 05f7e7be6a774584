package io.swarmstream.local;

import java.time.Duration;
import java.util.Optional;

/** A part of a swarm that may fail by itself and can be restarted. */
public interface Watched {
  /** The name, such as "the Kafka broker". */
  String name();

  /**
   * What is wrong; empty when the part works.
   *
   * @throws InterruptedException when this thread is interrupted
   */
  Optional<Trouble> trouble() throws InterruptedException;

  /** Restarts the part with all its durable state. */
  void restart() throws Exception;

  /**
   * A problem.
   *
   * @param what completes "it is down: "
   * @param patience how long the problem must last before it counts, because a slow part is not
   *     lost
   */
  record Trouble(String what, Duration patience) {
    static Trouble certain(String what) {
      return new Trouble(what, Duration.ZERO);
    }
  }
}

package io.swarmstream.local;

import java.time.Duration;
import java.util.Optional;

/** A part of a swarm that may fail by itself, and can be started again. */
public interface Watched {
  /** As a sentence begins with it: "the Kafka broker". */
  String name();

  /**
   * What is wrong; empty when it does its work.
   *
   * @throws InterruptedException when this thread is told to end
   */
  Optional<Trouble> trouble() throws InterruptedException;

  /** Starts it again, with all that was durable. */
  void restart() throws Exception;

  /**
   * What is wrong with it.
   *
   * @param what completes "it is down: "
   * @param patience how long it has to be so before it counts: a part that is slow is not lost
   */
  record Trouble(String what, Duration patience) {
    static Trouble certain(String what) {
      return new Trouble(what, Duration.ZERO);
    }
  }
}

package io.swarmstream.clients.kafka;

import org.apache.kafka.common.errors.InterruptException;

/** Kafka's own kind of interrupt. */
public final class Interrupts {
  private Interrupts() {}

  /** The checked exception in its place, for the caller to throw; the thread's flag is cleared. */
  public static InterruptedException checked(InterruptException e) {
    // Kafka keeps the flag set and throws an unchecked exception; the checked one clears it.
    Thread.interrupted();
    InterruptedException checked = new InterruptedException(e.getMessage());
    checked.initCause(e);
    return checked;
  }
}

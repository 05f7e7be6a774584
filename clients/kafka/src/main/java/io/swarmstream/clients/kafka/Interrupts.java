package io.swarmstream.clients.kafka;

import org.apache.kafka.common.errors.InterruptException;

/** Converts Kafka's unchecked interrupts. */
public final class Interrupts {
  private Interrupts() {}

  /** Returns the checked exception for the caller to throw, and clears the thread's flag. */
  public static InterruptedException checked(InterruptException e) {
    // Kafka leaves the flag set and throws an unchecked exception; a checked one implies a cleared
    // flag.
    Thread.interrupted();
    InterruptedException checked = new InterruptedException(e.getMessage());
    checked.initCause(e);
    return checked;
  }
}

package io.swarmstream.site;

import java.time.Duration;

/**
 * When the steps of a synchronisation were done, as of {@link System#nanoTime}.
 *
 * @param began the call
 * @param signed the delta is made, hashed and signed
 * @param sent the log has all of it
 * @param sealed this site has read the round's record
 * @param read this site has the model, proven against the record
 * @param confirmed the chain confirmed the record, or was not waited for any longer
 */
public record SyncTimes(
    long began, long signed, long sent, long sealed, long read, long confirmed) {

  /** Making, hashing and signing the delta. */
  public Duration prepare() {
    return Duration.ofNanos(signed - began);
  }

  /** Writing the delta to the log. */
  public Duration send() {
    return Duration.ofNanos(sent - signed);
  }

  /** Waiting for the others and the merge. */
  public Duration await() {
    return Duration.ofNanos(sealed - sent);
  }

  /** Reading and proving the model. */
  public Duration receive() {
    return Duration.ofNanos(read - sealed);
  }

  /** Waiting for the chain. */
  public Duration confirm() {
    return Duration.ofNanos(confirmed - read);
  }
}

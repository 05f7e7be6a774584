package io.swarmstream.site;

import java.time.Duration;

/**
 * When the steps of a sync were done, in nanoseconds of {@link System#nanoTime}.
 *
 * @param began the caller asked for the sync
 * @param signed the delta was computed, hashed and signed
 * @param sent the log had all of it
 * @param sealed this site had read the round's record
 * @param read this site had the model, proven against the record
 * @param confirmed the chain confirmed the record, or the site stopped waiting for it
 */
@PublicApi
public record SyncTimes(
    long began, long signed, long sent, long sealed, long read, long confirmed) {

  /** Computing, hashing and signing the delta. */
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

package io.swarmstream.operators.coordination;

import io.swarmstream.operators.messages.Header;
import java.util.Objects;

/**
 * How much of a contribution has arrived.
 *
 * @param contribution Merkle root, hex
 * @param signed hash of what the site signed, hex; no other contribution has it
 * @param appendedMs when the log took the oldest of its chunks
 * @param arrivedMs when the log took the newest of its chunks; 0: a version that did not keep it
 *     has entered them
 * @param received how many chunks of it
 * @param signature of a masked contribution, hex; empty: it is not masked
 */
public record Tally(
    String site,
    String contribution,
    String signed,
    Header header,
    long appendedMs,
    long arrivedMs,
    int received,
    String signature) {
  public Tally {
    // A savepoint of before there were masks has none.
    signature = Objects.requireNonNullElse(signature, "");
  }

  Tally plusOne(long chunkAppendedMs) {
    return new Tally(
        site,
        contribution,
        signed,
        header,
        Math.min(appendedMs, chunkAppendedMs),
        Math.max(arrivedMs, chunkAppendedMs),
        received + 1,
        signature);
  }
}

package io.swarmstream.operators.coordination;

import io.swarmstream.operators.messages.Header;

/**
 * How much of a contribution has arrived.
 *
 * @param contribution Merkle root, hex
 * @param signed hash of what the site signed, hex; no other contribution has it
 * @param appendedMs when the log took the oldest of its chunks
 * @param arrivedMs when the log took the newest of its chunks; 0: a version that did not keep it
 *     has entered them
 * @param received how many chunks of it
 */
public record Tally(
    String site,
    String contribution,
    String signed,
    Header header,
    long appendedMs,
    long arrivedMs,
    int received) {
  Tally plusOne(long chunkAppendedMs) {
    return new Tally(
        site,
        contribution,
        signed,
        header,
        Math.min(appendedMs, chunkAppendedMs),
        Math.max(arrivedMs, chunkAppendedMs),
        received + 1);
  }
}

package io.swarmstream.operators.coordination;

import io.swarmstream.operators.messages.Header;

/**
 * How much of a contribution is in.
 *
 * @param appendedMs when the log took the oldest of its chunks
 * @param received how many chunks of it
 */
public record Tally(
    String site, String contribution, Header header, long appendedMs, int received) {
  Tally plusOne(long chunkAppendedMs) {
    return new Tally(
        site, contribution, header, Math.min(appendedMs, chunkAppendedMs), received + 1);
  }
}

package io.swarmstream.verification.replay;

import io.swarmstream.operators.messages.ChunkRef;
import java.util.List;

/**
 * A delta chunk that a round record names and that is not in the log.
 *
 * @param place the site's place among the round's participants
 * @param claims the first few records that claim to be this chunk
 */
public record MissingDelta(long round, int chunk, int place, List<Claim> claims) {
  /** A record that claims to be a delta chunk, and what is wrong with it. */
  public record Claim(ChunkRef ref, String flaw) {}
}

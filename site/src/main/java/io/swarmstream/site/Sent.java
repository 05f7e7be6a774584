package io.swarmstream.site;

import io.swarmstream.schemas.hashing.Hash;

/**
 * A contribution that {@link SwarmSite#contribute} has written to the log; {@link SwarmSite#await}
 * waits for its round.
 */
@PublicApi
public interface Sent {
  /** The round contributed to. */
  long round();

  /** Merkle root over the delta's chunks, as the round record will name it. */
  Hash hash();
}

package io.swarmstream.operators.coordination;

import java.util.Set;

/**
 * When a round closes: at once when every live site has contributed, after the grace period when at
 * least minPeers have, never with fewer.
 */
record QuorumRule(int minPeers) {
  /** What the rule says of a round. */
  enum Verdict {
    /** Fewer than minPeers: wait for more, however long. */
    WAIT,
    /** Enough, but live sites are missing: give them the grace period. */
    GRACE,
    /** Every live site is complete. */
    CLOSE
  }

  /**
   * Judges a round.
   *
   * @param complete enrolled sites whose whole contribution is in
   * @param live enrolled sites that are waited for
   */
  Verdict judge(Set<String> complete, Set<String> live) {
    if (complete.size() < minPeers) {
      return Verdict.WAIT;
    }
    return complete.containsAll(live) ? Verdict.CLOSE : Verdict.GRACE;
  }
}

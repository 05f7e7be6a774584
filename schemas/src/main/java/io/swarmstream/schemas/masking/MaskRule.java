package io.swarmstream.schemas.masking;

import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.rounds.CheckIn;
import java.util.Optional;

/** Which other terms go with masked sums: only those that need no single delta. */
public final class MaskRule {
  private MaskRule() {}

  /**
   * Checks the other terms of a masked contract.
   *
   * @param groups into which the sites of a round fall; 1: they do not
   * @param adaptiveInterval 0: each site keeps its own interval
   * @throws IllegalArgumentException naming the term that needs single deltas, and what to do
   */
  public static void require(
      String method,
      int groups,
      int minPeers,
      DeltaEncoding encoding,
      int adaptiveInterval,
      Limits limits) {
    require(
        groups > 1 || method.equals("mean"),
        "merge method "
            + method
            + " compares single deltas; use mean, let it compare the means of groups with 'grouped', or leave 'masked'"
            + " out");
    require(
        minPeers >= CrowdSize.LEAST,
        "minPeers is %d, but of two sites each can take its own delta from the sum; use at least %d"
            .formatted(minPeers, CrowdSize.LEAST));
    require(
        minPeers >= CrowdSize.LEAST * groups,
        "minPeers is %d, and %d groups need %d sites each to hide one another; use at least %d, or fewer groups"
            .formatted(minPeers, groups, CrowdSize.LEAST, CrowdSize.LEAST * groups));
    require(
        minPeers <= CrowdSize.MOST,
        "minPeers is %d, but no masked round has more than %d sites, so that they fit one record; use at most %d"
            .formatted(minPeers, CrowdSize.MOST, CrowdSize.MOST));
    require(
        encoding.equals(DeltaEncoding.FLOAT32),
        "encoding "
            + encoding.code()
            + " cannot be summed under masks, which have an encoding of their own; use float32");
    require(
        adaptiveInterval == 0,
        "an adaptive interval follows how far single deltas differ; leave it out");
    require(
        limits.isNone(),
        "limits '%s' are applied to single deltas after they are sent; use none, and see dp(clip=...)"
            .formatted(limits.text()));
  }

  /**
   * Returns why a contribution would hide no other; empty: it does. A delta that everybody knows
   * can be taken from the sum.
   *
   * @param checkIn its code
   */
  public static Optional<String> knownToAll(int weight, String checkIn) {
    boolean isMerged =
        checkIn.equals(CheckIn.ACTIVE.code()) || checkIn.equals(CheckIn.INACTIVE.code());
    return weight > 0 && !isMerged
        ? Optional.empty()
        : Optional.of(
            "under masks, a contribution of weight 0 or of check-in active or inactive hides no other, because everybody"
                + " knows what is in it, and this one has weight %d and check-in %s; send a snapshot, or leave"
                    .formatted(weight, checkIn));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("privacy masked: " + otherwise);
    }
  }
}

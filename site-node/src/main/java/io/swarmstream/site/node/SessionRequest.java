package io.swarmstream.site.node;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.rounds.CheckIn;
import org.jspecify.annotations.Nullable;

/**
 * What a trainer asks for when it opens a session.
 *
 * @param contract name of the training contract
 * @param trainer what trains, for people
 * @param layout the tensors that it shares, in its own order
 * @param weight how much the site asks to count
 * @param minPeers fewest sites of a round as the trainer wants it; null: whatever the contract says
 * @param mergeMethod the same of the merge method
 * @param syncInterval mini-batches between two syncs, unless the contract's rounds decide about
 *     that
 * @param adaptive whether the trainer insists that they do
 * @param checkIn what the site contributes once it has finished
 * @param epochsTotal passes over its data that it plans; 0: unknown
 * @param takeOver whether an open session of the same contract is to be closed
 */
public record SessionRequest(
    String contract,
    String trainer,
    ModelLayout layout,
    int weight,
    @Nullable Integer minPeers,
    @Nullable String mergeMethod,
    int syncInterval,
    boolean adaptive,
    CheckIn checkIn,
    double epochsTotal,
    boolean takeOver) {

  public SessionRequest {
    requireAtLeast("weight", weight, 0);
    requireAtLeast("syncInterval", syncInterval, 1);
    if (adaptive && syncInterval > ContractTerms.MAX_ADAPTIVE_INTERVAL) {
      throw badValue(
          "syncInterval",
          syncInterval,
          "at most "
              + ContractTerms.MAX_ADAPTIVE_INTERVAL
              + " in an adaptive training, which leaves room to grow");
    }
    if (minPeers != null) {
      requireAtLeast("minPeers", minPeers, 1);
    }
    if (!(epochsTotal >= 0) || Double.isInfinite(epochsTotal)) {
      throw badValue("epochsTotal", epochsTotal, "a number of at least 0");
    }
  }

  private static void requireAtLeast(String field, int value, int least) {
    if (value < least) {
      throw badValue(field, value, "at least " + least);
    }
  }

  /** A site may not ask to count more than it is enrolled with. */
  static ProblemException aboveCap(String site, String contract, int cap, int weight) {
    return ProblemException.of(
            ProblemCode.TERMS_MISMATCH,
            "weight is "
                + weight
                + ", and site "
                + site
                + " is enrolled in contract "
                + contract
                + " with a weight of at most "
                + cap
                + "; ask for no more, or have the contract's owner allow it, in a contract made with 'swarm contract create"
                + " --max-weight "
                + weight
                + "', or --sites "
                + site
                + "=ADDRESS:"
                + weight)
        .in("weight")
        .values("at most " + cap, String.valueOf(weight));
  }

  static ProblemException badValue(String field, Object actual, String expected) {
    return ProblemException.of(
            ProblemCode.BAD_VALUE, field + " is " + actual + "; it has to be " + expected)
        .in(field)
        .values(expected, String.valueOf(actual));
  }
}

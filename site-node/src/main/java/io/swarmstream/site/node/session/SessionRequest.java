package io.swarmstream.site.node.session;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.node.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What a trainer asks for when it opens a session.
 *
 * @param contract name of the training contract
 * @param trainer what trains, for people
 * @param layout the tensors that it shares, in its own order
 * @param weight how much the site asks to count
 * @param minPeers number of sites that a round needs; null: as the contract says
 * @param mergeMethod null: as the contract says
 * @param syncInterval mini-batches between two syncs, if the contract leaves them to the trainer
 * @param adaptive whether the trainer insists on a contract whose rounds decide the interval
 * @param checkIn what the site contributes once the trainer has finished
 * @param epochsTotal passes over its data that it plans; 0: unknown
 * @param takeOver whether to close an open session of the same contract
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
      throw ProblemException.badValue(
          "syncInterval",
          syncInterval,
          "at most "
              + ContractTerms.MAX_ADAPTIVE_INTERVAL
              + " in an adaptive contract, so that the interval can grow");
    }
    if (minPeers != null) {
      requireAtLeast("minPeers", minPeers, 1);
    }
    if (!(epochsTotal >= 0) || Double.isInfinite(epochsTotal)) {
      throw ProblemException.badValue("epochsTotal", epochsTotal, "a number of at least 0");
    }
  }

  private static void requireAtLeast(String field, int value, int least) {
    if (value < least) {
      throw ProblemException.badValue(field, value, "at least " + least);
    }
  }
}

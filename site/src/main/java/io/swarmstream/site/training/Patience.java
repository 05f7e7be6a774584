package io.swarmstream.site.training;

import io.swarmstream.site.PublicApi;
import io.swarmstream.site.RoundSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Early stopping on which sites agree: counts the rounds since the sites' mean loss was last lower
 * than ever before. That mean is in each round's record, so sites with the same patience that have
 * seen the same rounds stop after the same one, whether they run Java or Python. A site that joined
 * late, was started again or missed the round of the lowest loss may stop earlier or later.
 */
@PublicApi
public final class Patience {
  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

  private final int rounds;
  private double lowest = Double.POSITIVE_INFINITY;

  /** The round of the lowest loss, or the first one; -1: no round was seen. */
  private long since = -1;

  private boolean warned;
  private boolean hasRunOut;

  private Patience(int rounds) {
    this.rounds = rounds;
  }

  /**
   * A patience that has seen no round yet.
   *
   * @param rounds how many in a row may bring no lower loss
   * @throws IllegalArgumentException when that is less than 1
   */
  public static Patience of(int rounds) {
    if (rounds < 1) {
      throw new IllegalArgumentException(
          "patience is " + rounds + "; give a positive number of rounds, or do not use it");
    }
    return new Patience(rounds);
  }

  /**
   * Takes a round into account. Call it for each merged model, the one that {@code begin} returns
   * included.
   *
   * @return {@link #hasRunOut()}
   */
  public boolean saw(RoundSummary merged) {
    return saw(merged.round(), merged.meanLoss());
  }

  /** Does the same with a mean loss; NaN: no site reported one. */
  boolean saw(long round, double loss) {
    if (since < 0 || loss < lowest) {
      since = round;
      lowest = Double.isNaN(loss) ? Double.POSITIVE_INFINITY : loss;
    }
    boolean isKnown = !Double.isNaN(loss);
    // By rounds, not by calls: a site that missed some stops with the others, unless the lowest
    // loss was in one of them.
    if (isKnown && round - since >= rounds && !hasRunOut) {
      hasRunOut = true;
      LOG.info(
          "No lower mean loss than {} since round {}, so training stops (patience {})",
          lowest,
          since,
          rounds);
    }
    if (!isKnown && round > since && !warned) {
      warned = true;
      LOG.warn(
          "Patience {} has no effect: no site reports a loss; give each sync a report with a loss",
          rounds);
    }
    return hasRunOut;
  }

  /** Whether local training should end; once true, it stays true. */
  public boolean hasRunOut() {
    return hasRunOut;
  }
}

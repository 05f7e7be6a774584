package io.swarmstream.operators.merging;

import io.swarmstream.merge.NormLimit;
import io.swarmstream.merge.ShareLimit;
import io.swarmstream.operators.messages.RoundHead;
import io.swarmstream.schemas.Limits;
import java.util.Optional;

/** Applies the limits of a contract's terms: what each site counts, how long its delta may be. */
public final class RoundLimits {
  private RoundLimits() {}

  /**
   * What the contributions of a round count, in their order.
   *
   * <p>A pure function of the weights that sites signed and of the terms, so that a verification
   * gets the same ones. The round record has the signed weights.
   */
  public static int[] weights(RoundHead head) {
    return weights(
        head.terms().limits(),
        head.participants().stream().mapToInt(in -> in.header().weight()).toArray());
  }

  /** The same of some of them, the others having weight 0. */
  public static int[] weights(Limits limits, int[] asked) {
    return limits
        .share()
        .map(share -> new ShareLimit(share.numerator(), share.denominator()).of(asked))
        .orElse(asked);
  }

  /** How long deltas may be in a round; empty when that does not matter in it. */
  static Optional<NormLimit> norm(Limits limits, long round, int[] weights) {
    return limits
        .norm()
        .map(norm -> new NormLimit(norm.value(), norm.ofMedian()))
        .filter(norm -> norm.holdsIn(round, weights));
  }
}

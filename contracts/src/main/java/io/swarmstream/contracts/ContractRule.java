package io.swarmstream.contracts;

import io.swarmstream.merge.MergeMethod;
import io.swarmstream.merge.MergeMethods;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Limits;

/**
 * Checks which contracts the job serves, and knows the usual limits, for callers that create
 * contracts without the job's code.
 */
public final class ContractRule {
  private ContractRule() {}

  /**
   * Checks the terms.
   *
   * @return the method's usual limits
   * @throws IllegalArgumentException when the method does not exist, needs more sites, or cannot
   *     merge deltas that are encoded like this
   */
  public static Limits check(String method, int minPeers, DeltaEncoding encoding) {
    MergeMethod named = MergeMethods.named(method);
    named.requirePeers(minPeers);
    if (encoding.isSparse()) {
      named.requireMergesSparse(encoding.code());
    }
    return switch (named.usualLimit()) {
      case NONE -> Limits.NONE;
      case SHARE -> new Limits("share=1/2");
      // Honest sites' deltas differ with their data; only broken or malicious ones differ by so
      // much.
      case NORM -> new Limits("norm=median*100");
    };
  }
}

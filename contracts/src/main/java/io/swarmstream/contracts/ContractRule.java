package io.swarmstream.contracts;

import io.swarmstream.merge.MergeMethod;
import io.swarmstream.merge.MergeMethods;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.masking.PrivacyRule;

/**
 * Checks which contracts the job serves, and knows the usual limits, for callers that create
 * contracts without the job's code.
 */
public final class ContractRule {
  private ContractRule() {}

  /**
   * Checks the terms of a contract that is about to be created.
   *
   * @return the method's usual limits
   * @throws IllegalArgumentException when the job or the sites could not serve it
   */
  public static Limits check(NewTerms terms) {
    Limits usual = check(terms.method(), terms.privacy().rows(terms.minPeers()), terms.encoding());
    PrivacyRule.require(
        terms.privacy(),
        terms.method(),
        terms.minPeers(),
        terms.encoding(),
        terms.optimizer(),
        terms.adaptiveInterval(),
        terms.limits().or(Limits.NONE));
    // A limit on lengths needs those of single deltas; a clip bounds them at the sites.
    return terms.privacy().isNone() ? usual : Limits.NONE;
  }

  /**
   * Checks the terms.
   *
   * @param rows how many deltas, or means of groups, a round merges at least
   * @return the method's usual limits
   * @throws IllegalArgumentException when the method does not exist, needs more sites, or cannot
   *     merge deltas that are encoded like this
   */
  public static Limits check(String method, int rows, DeltaEncoding encoding) {
    MergeMethod named = MergeMethods.named(method);
    named.requirePeers(rows);
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

package io.swarmstream.schemas.masking;

import io.swarmstream.schemas.AdaptiveClip;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.Privacy;

/** Which other terms go with a contract's {@link Privacy}. */
public final class PrivacyRule {
  private PrivacyRule() {}

  /**
   * Checks the terms of a contract.
   *
   * @throws IllegalArgumentException naming the term that does not go with its privacy, and what to
   *     do
   */
  public static void require(ContractTerms terms) {
    require(
        terms.privacy(),
        terms.method(),
        terms.minPeers(),
        terms.deltaEncoding(),
        terms.optimizer(),
        terms.adaptiveInterval(),
        terms.limits());
  }

  /**
   * Checks terms that are no contract yet; throws what {@link #require(ContractTerms)} throws.
   *
   * @param adaptiveInterval 0: each site keeps its own interval
   */
  public static void require(
      Privacy privacy,
      String method,
      int minPeers,
      DeltaEncoding encoding,
      Optimizer optimizer,
      int adaptiveInterval,
      Limits limits) {
    privacy.requireFits(method, minPeers, encoding, adaptiveInterval, limits);
    AdaptiveClip.of(privacy, minPeers)
        .ifPresent(clip -> clip.requireFits(privacy, encoding, optimizer));
    if (privacy.masked().isPresent()) {
      MaskRule.require(method, privacy.groups(), minPeers, encoding, adaptiveInterval, limits);
    }
  }
}

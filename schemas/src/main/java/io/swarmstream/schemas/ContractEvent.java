package io.swarmstream.schemas;

import org.jspecify.annotations.Nullable;

/**
 * An event of a training contract on the chain.
 *
 * @param kind what happened
 * @param block number of the block that holds the event
 * @param logIndex index of the event in the block; (block, logIndex) orders all events
 * @param contract name of the training contract
 * @param terms the terms; CREATED only
 * @param coordinator address of the account that anchors the contract's rounds; CREATED only
 * @param site address of the site; SITE_ENROLLED and SITE_REMOVED only
 * @param siteName readable name of the site; SITE_ENROLLED only
 * @param maxWeight greatest weight that the site may ask for; SITE_ENROLLED only, else 0
 */
public record ContractEvent(
    Kind kind,
    long block,
    long logIndex,
    String contract,
    @Nullable ContractTerms terms,
    @Nullable String coordinator,
    @Nullable String site,
    @Nullable String siteName,
    int maxWeight) {

  /** What can happen to a training contract. */
  public enum Kind {
    CREATED,
    SITE_ENROLLED,
    SITE_REMOVED
  }

  public static ContractEvent created(
      long block, long logIndex, ContractTerms terms, String coordinator) {
    return new ContractEvent(
        Kind.CREATED, block, logIndex, terms.contract(), terms, coordinator, null, null, 0);
  }

  public static ContractEvent enrolled(
      long block, long logIndex, String contract, String site, String siteName, int maxWeight) {
    return new ContractEvent(
        Kind.SITE_ENROLLED, block, logIndex, contract, null, null, site, siteName, maxWeight);
  }

  public static ContractEvent removed(long block, long logIndex, String contract, String site) {
    return new ContractEvent(
        Kind.SITE_REMOVED, block, logIndex, contract, null, null, site, null, 0);
  }

  public boolean isAfter(long otherBlock, long otherLogIndex) {
    return block != otherBlock ? block > otherBlock : logIndex > otherLogIndex;
  }
}

package io.swarmstream.site;

import io.swarmstream.kafka.client.SealedRound;
import io.swarmstream.schemas.Hash;
import io.swarmstream.schemas.avro.RoundRecord;

/**
 * A merged model as a site gets it: proven against its round record, and that against the chain.
 */
public final class Merged {
  private final SealedRound sealed;
  private final float[] weights;
  private final boolean participated;
  private final boolean anchored;

  Merged(SealedRound sealed, float[] weights, boolean participated, boolean anchored) {
    this.sealed = sealed;
    this.weights = weights;
    this.participated = participated;
    this.anchored = anchored;
  }

  public long round() {
    return sealed.round();
  }

  /** The flat vector of all weights; the caller's own copy. */
  public float[] weights() {
    return weights.clone();
  }

  /** Merkle root of the model. */
  public Hash hash() {
    return Hash.of(record().getModelHash());
  }

  /** How the model came to be. */
  public RoundRecord record() {
    return sealed.record();
  }

  public SealedRound sealed() {
    return sealed;
  }

  /**
   * Whether the model of the round that was just contributed to has a contribution of this site;
   * that round may be older than this one.
   *
   * <p>As a rule it is the one just sent. A site that had contributed to the round as a whole,
   * died, and contributed to it again with another result, has the first one in it: one counts, and
   * the second is refused as conflicting. {@link #record()} names the contribution that is in.
   */
  public boolean participated() {
    return participated;
  }

  /** Whether the chain confirmed the record before the model was handed over. */
  public boolean anchored() {
    return anchored;
  }

  /** Without a copy, for this package. */
  float[] sharedWeights() {
    return weights;
  }
}

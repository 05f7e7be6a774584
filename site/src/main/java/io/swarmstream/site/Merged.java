package io.swarmstream.site;

import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.rounds.ClippedDelta;
import java.util.Optional;

/**
 * A merged model, proven against its round record, and the record against the chain. Any number of
 * threads may use it.
 *
 * <p>The weights can be read until the site has the next model; from then on reading them fails
 * with {@link java.io.UncheckedIOException}, because the site keeps the place of two models at
 * most. What {@link #weights()} has returned stays valid.
 */
@PublicApi
public interface Merged {
  /** The round that the model is of. */
  long round();

  /**
   * All weights as one flat vector, in the order of {@link SwarmSite#layout()}; the caller's own
   * copy.
   *
   * @throws java.io.UncheckedIOException when the site has a newer model
   * @throws ArithmeticException when the model does not fit an array; read {@link #vector()}
   */
  float[] weights();

  /**
   * The same weights, read piece by piece, for models too large for an array. Reading fails with
   * {@link java.io.UncheckedIOException} when the site has a newer model.
   */
  FlatVector vector();

  /** How the model came to be. */
  RoundSummary summary();

  /** How long the steps of the sync took; empty: the site caught up without contributing. */
  Optional<SyncTimes> times();

  /**
   * Whether the round that the site contributed to has a contribution of this site. That round may
   * be older than this model.
   *
   * <p>A site that contributed, restarted and contributed another result to the same round has its
   * first contribution in it; the job rejects the second as conflicting. {@link #summary()} names
   * the contribution that counts.
   *
   * <p>False for a contribution under the site's address that this site did not send: see {@link
   * #foreign()}.
   */
  boolean participated();

  /**
   * What another holder of the site's key has contributed, in the newest round where this site saw
   * it; empty: nothing seen. A process that restarted in the middle of a round knows its own
   * earlier contribution only with {@link SiteOptions#withMemoryFolder}.
   */
  Optional<ForeignContribution> foreign();

  /** Whether the chain confirmed the round record before the model was returned. */
  boolean anchored();

  /**
   * Euclidean length to which the next deltas are clipped, if it follows their lengths; empty: the
   * contract's clip is fixed, or it has none.
   */
  Optional<Double> clip();

  /** Merkle root of the model. */
  default Hash hash() {
    return summary().model();
  }

  /**
   * Mini-batches that each site trains before the next merge; 0: the contract is not adaptive, and
   * each site keeps its own interval.
   */
  default int nextInterval() {
    return summary().nextInterval();
  }

  /**
   * How the round scaled down a site's delta that was longer than allowed; empty: it did not.
   *
   * @param address of the site
   */
  default Optional<ClippedDelta> clipped(String address) {
    return summary().clipped().stream()
        .filter(clipped -> clipped.site().equals(address))
        .findFirst();
  }
}

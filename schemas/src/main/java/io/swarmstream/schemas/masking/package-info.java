/**
 * Masked sums (ADR 36): how sites hide their deltas from everybody but in the sum.
 *
 * <p>{@link io.swarmstream.schemas.masking.SiteSecrets} derives what a site keeps to itself in a
 * round; {@link io.swarmstream.schemas.masking.MaskOffers} is what it tells the others of it;
 * {@link io.swarmstream.schemas.masking.Cohort} is among whom it masks; {@link
 * io.swarmstream.schemas.masking.DeltaMask} masks a delta; {@link
 * io.swarmstream.schemas.masking.MaskedPlan} is what sites confirm to each other before they give
 * anything away; {@link io.swarmstream.schemas.masking.Unmasking} collects the shares that take the
 * masks off a sum; and {@link io.swarmstream.schemas.masking.MaskedSum} takes them off. {@code
 * Shamir}, {@code X25519}, {@code SealedShares} and {@code MaskStream} are the cryptography
 * underneath.
 */
@NullMarked
package io.swarmstream.schemas.masking;

import org.jspecify.annotations.NullMarked;

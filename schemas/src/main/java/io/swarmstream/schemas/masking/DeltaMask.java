package io.swarmstream.schemas.masking;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.MaskOffer;
import io.swarmstream.schemas.hashing.Canonical;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.signing.HmacSha256;
import java.util.ArrayList;
import java.util.List;

/**
 * Masks one site's delta: its own mask, and one shared with each other member of its group, which
 * the site with the lower address adds and the other subtracts.
 */
public final class DeltaMask {
  private static final byte[] OWN = Canonical.tag("swarmstream/own-mask/v1");
  private static final byte[] PAIR = Canonical.tag("swarmstream/pair-mask/v1");

  private final Hash cohort;
  private final FixedPoint scale;
  private final List<SignedKey> keys;

  private DeltaMask(Hash cohort, FixedPoint scale, List<SignedKey> keys) {
    this.cohort = cohort;
    this.scale = scale;
    this.keys = keys;
  }

  /**
   * A key of integers, and whether they are added or subtracted.
   *
   * @param sign 1 or -1
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record SignedKey(byte[] key, int sign) {}

  /**
   * Returns the masks of a member of the cohort. Only sites of one group mask each other's deltas.
   */
  public static DeltaMask of(SiteSecrets secrets, String site, Cohort cohort) {
    ContractTerms terms = secrets.terms();
    Groups groups = cohort.groups(terms);
    SiteSecrets.OfRound own = secrets.round(cohort.context(terms), cohort.threshold());
    List<SignedKey> keys = new ArrayList<>();
    keys.add(new SignedKey(ownKey(own.seed(), cohort.hash()), 1));
    for (MaskOffer other : cohort.offers()) {
      if (!other.getSite().equals(site) && groups.areTogether(site, other.getSite())) {
        keys.add(
            pairKey(
                own.maskKey(), Hash.of(other.getMaskKey()), cohort.hash(), site, other.getSite()));
      }
    }
    return new DeltaMask(cohort.hash(), cohort.scale(terms.maskRange()), keys);
  }

  static byte[] ownKey(byte[] seed, Hash cohort) {
    return HmacSha256.of(seed, new Canonical(OWN).hash(cohort).hash().bytes());
  }

  /** The key that two sites share, with the sign of the first one. */
  static SignedKey pairKey(byte[] secret, Hash otherKey, Hash cohort, String site, String other) {
    boolean isLower = site.compareTo(other) < 0;
    Hash context =
        new Canonical(PAIR)
            .hash(cohort)
            .text(isLower ? site : other)
            .text(isLower ? other : site)
            .hash();
    byte[] shared = X25519.agree(secret, otherKey.bytes());
    return new SignedKey(HmacSha256.of(shared, context.bytes()), isLower ? 1 : -1);
  }

  /** The cohort among which it masks. */
  public Hash cohort() {
    return cohort;
  }

  /**
   * Returns the payload of a chunk.
   *
   * @param values none above the range
   * @param weight of the site in this round
   */
  public byte[] payload(int chunk, float[] values, int weight) {
    int[] masked = scale.encode(values, weight);
    for (SignedKey each : keys) {
      MaskStream.add(each.key(), chunk, each.sign(), masked);
    }
    return FixedPoint.payload(masked);
  }
}

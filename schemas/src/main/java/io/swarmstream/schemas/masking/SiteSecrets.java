package io.swarmstream.schemas.masking;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.hashing.Canonical;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.signing.HmacSha256;
import io.swarmstream.schemas.signing.SiteKey;

/**
 * What a site keeps to itself under one contract. All of it follows from the site's key, so that a
 * restart in the middle of a round makes the same offer and the same masks.
 */
public final class SiteSecrets {
  private static final byte[] ROOT = Canonical.tag("swarmstream/mask-secrets/v1");

  private final byte[] root;
  private final ContractTerms terms;
  private final byte[] shareKey;

  private SiteSecrets(byte[] root, ContractTerms terms) {
    this.root = root;
    this.terms = terms;
    this.shareKey = HmacSha256.of(root, Canonical.tag("share-key"));
  }

  /** Derives them; the terms' hash covers the chain, the contract and the model. */
  public static SiteSecrets of(SiteKey key, ContractTerms terms) {
    Hash purpose = new Canonical(ROOT).text(terms.contract()).hash(terms.hash()).hash();
    return new SiteSecrets(key.derive(purpose), terms);
  }

  ContractTerms terms() {
    return terms;
  }

  Hash sharePublicKey() {
    return Hash.of(X25519.publicKey(shareKey));
  }

  /**
   * Returns the key of one sealed message between this site and another.
   *
   * @param otherKey the other's public key for shares
   * @param context hash that names the round and the roster
   */
  byte[] sealingKey(Hash otherKey, Hash context, String from, String to) {
    byte[] shared = X25519.agree(shareKey, otherKey.bytes());
    return HmacSha256.of(
        shared,
        new Canonical(Canonical.tag("swarmstream/sealed-share/v1"))
            .hash(context)
            .text(from)
            .text(to)
            .hash()
            .bytes());
  }

  /** Returns the secrets of one round with one roster. */
  OfRound round(Hash context, int threshold) {
    byte[] secret = HmacSha256.of(root, context.bytes());
    return new OfRound(
        polynomial(secret, "seed", threshold), polynomial(secret, "mask-key", threshold));
  }

  private static byte[][] polynomial(byte[] secret, String what, int threshold) {
    byte[][] polynomial = new byte[threshold][];
    for (int power = 0; power < threshold; power++) {
      polynomial[power] = element(secret, what, power);
    }
    return polynomial;
  }

  /** Nearly every hash is a number of the field; the next one is taken for one that is not. */
  private static byte[] element(byte[] secret, String what, int power) {
    for (int attempt = 0; ; attempt++) {
      byte[] drawn =
          HmacSha256.of(
              secret,
              new Canonical(Canonical.tag(what)).number(power).number(attempt).hash().bytes());
      if (Shamir.isElement(drawn)) {
        return drawn;
      }
    }
  }

  /** Returns the hash that names a round, the model it starts from, and a roster. */
  static Hash context(ContractTerms terms, long round, Hash baseHash, Hash roster) {
    return new Canonical(Canonical.tag("swarmstream/mask-context/v1"))
        .text(terms.contract())
        .hash(terms.hash())
        .number(round)
        .hash(baseHash)
        .hash(roster)
        .hash();
  }

  /** Secrets of a round, each at the head of the polynomial that shares it. */
  static final class OfRound {
    private final byte[][] seed;
    private final byte[][] maskKey;

    private OfRound(byte[][] seed, byte[][] maskKey) {
      this.seed = seed;
      this.maskKey = maskKey;
    }

    byte[] seed() {
      return seed[0];
    }

    byte[] maskKey() {
      return maskKey[0];
    }

    byte[] shareOfSeed(int number) {
      return Shamir.share(seed, number);
    }

    byte[] shareOfMaskKey(int number) {
      return Shamir.share(maskKey, number);
    }
  }
}

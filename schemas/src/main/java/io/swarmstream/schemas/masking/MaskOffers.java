package io.swarmstream.schemas.masking;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.Hash32;
import io.swarmstream.schemas.avro.MaskOffer;
import io.swarmstream.schemas.avro.MaskShare;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.AvroBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes and checks what a site tells the others before it masks a delta. */
public final class MaskOffers {
  /** Round of an announcement. */
  public static final long ANNOUNCEMENT = -1;

  /** Two shares of 32 bytes and the tag of AES-GCM. */
  private static final int SEALED_BYTES = 80;

  private MaskOffers() {}

  /** Announces the key by which others encrypt shares for this site. */
  public static MaskOffer announce(SiteKey key, SiteSecrets secrets) {
    Hash32 none = Hash.ZERO.toAvro();
    return signed(
        key,
        MaskOffer.newBuilder()
            .setContract(secrets.terms().contract())
            .setTermsHash(secrets.terms().hash().toAvro())
            .setSite(key.address())
            .setRound(ANNOUNCEMENT)
            .setBaseHash(none)
            .setRoster(none)
            .setShareKey(secrets.sharePublicKey().toAvro())
            .setMaskKey(none)
            .setCommitment(none)
            .setShares(List.of()));
  }

  /** Offers to take part in a round, with shares for each site of the roster. */
  public static MaskOffer offer(
      SiteKey key, SiteSecrets secrets, long round, Hash baseHash, Roster roster) {
    ContractTerms terms = secrets.terms();
    Hash context = SiteSecrets.context(terms, round, baseHash, roster.hash());
    SiteSecrets.OfRound own = secrets.round(context, roster.threshold());
    List<MaskShare> shares = new ArrayList<>(roster.size());
    for (String to : roster.sites()) {
      int number = shares.size() + 1;
      byte[] ofSeed = own.shareOfSeed(number);
      byte[] ofKey = own.shareOfMaskKey(number);
      byte[] both = ByteBuffer.allocate(2 * ofSeed.length).put(ofSeed).put(ofKey).array();
      byte[] sealing = secrets.sealingKey(roster.key(to), context, key.address(), to);
      shares.add(
          new MaskShare(
              ByteBuffer.wrap(SealedShares.seal(sealing, both)),
              Hash.sha256(ofSeed).toAvro(),
              Hash.sha256(ofKey).toAvro()));
    }
    return signed(
        key,
        MaskOffer.newBuilder()
            .setContract(terms.contract())
            .setTermsHash(terms.hash().toAvro())
            .setSite(key.address())
            .setRound(round)
            .setBaseHash(baseHash.toAvro())
            .setRoster(roster.hash().toAvro())
            .setShareKey(secrets.sharePublicKey().toAvro())
            .setMaskKey(Hash.of(X25519.publicKey(own.maskKey())).toAvro())
            .setCommitment(MaskContent.commitment(own.seed()).toAvro())
            .setShares(shares));
  }

  private static MaskOffer signed(SiteKey key, MaskOffer.Builder unsigned) {
    MaskOffer content = unsigned.setSignature(ByteBuffer.allocate(0)).build();
    byte[] signature = key.sign(MaskContent.of(content));
    return MaskOffer.newBuilder(content).setSignature(ByteBuffer.wrap(signature)).build();
  }

  /**
   * Returns what is wrong with an offer or announcement that its site has signed; empty: nothing.
   * Whether the shares are good only their receivers can tell.
   */
  public static Optional<String> flaw(MaskOffer offer) {
    if (!X25519.isPublicKey(Hash.of(offer.getShareKey()).bytes())) {
      return Optional.of("shareKey is no X25519 key that others can use; update the site");
    }
    if (offer.getRound() == ANNOUNCEMENT) {
      return offer.getShares().isEmpty()
          ? Optional.empty()
          : Optional.of("an announcement has no shares, this one has " + offer.getShares().size());
    }
    if (offer.getRound() < 0) {
      return Optional.of("the round is " + offer.getRound() + "; the first is 0");
    }
    if (!X25519.isPublicKey(Hash.of(offer.getMaskKey()).bytes())) {
      return Optional.of("maskKey is no X25519 key that others can use; update the site");
    }
    if (offer.getShares().size() > CrowdSize.MOST) {
      return Optional.of(
          "it has " + offer.getShares().size() + " shares, a roster has at most " + CrowdSize.MOST);
    }
    return offer.getShares().stream()
            .allMatch(share -> share.getSealed().remaining() == SEALED_BYTES)
        ? Optional.empty()
        : Optional.of(
            "a sealed pair of shares has " + SEALED_BYTES + " bytes, one here has others");
  }

  /** Whether the named site has signed it. */
  public static boolean isSigned(MaskOffer offer) {
    return SiteKey.signer(MaskContent.of(offer), AvroBytes.of(offer.getSignature()))
        .filter(offer.getSite()::equals)
        .isPresent();
  }
}

package io.swarmstream.schemas.masking;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.Hash32;
import io.swarmstream.schemas.avro.MaskMember;
import io.swarmstream.schemas.avro.MaskOffer;
import io.swarmstream.schemas.avro.MaskShare;
import io.swarmstream.schemas.avro.Unmask;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.AvroBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the masks off the sum of a plan's participants: finds the seed of each one's own mask, and
 * the private key of each other member, from the shares of enough sites.
 */
public final class Unmasking {
  private static final Hash32 NONE = Hash.ZERO.toAvro();
  private static final int SHARE_BYTES = 32;

  private final Cohort cohort;
  private final Set<String> participants;

  /**
   * Prepares to unmask a sum.
   *
   * @param participants addresses of those who are in
   */
  public Unmasking(Cohort cohort, Set<String> participants) {
    this.cohort = cohort;
    this.participants = Set.copyOf(participants);
  }

  /** Returns why no site may answer to the plan; empty: it may. */
  public Optional<String> flaw(ContractTerms terms) {
    int least = cohort.least(terms.minPeers());
    if (!cohort.members().containsAll(participants)) {
      return Optional.of("it names sites that are not in the round's cohort");
    }
    if (terms.privacy().groups() > 1) {
      return flaw(cohort.groups(terms));
    }
    return participants.size() < least
        ? Optional.of(
            "it names %d sites, a masked round has at least %d"
                .formatted(participants.size(), least))
        : Optional.empty();
  }

  private Optional<String> flaw(Groups groups) {
    if (!groups.hide(participants)) {
      return Optional.of(
          "it names fewer than %d sites of a group of the cohort".formatted(groups.crowd()));
    }
    return groups.areMost(groups.represented(participants))
        ? Optional.empty()
        : Optional.of(
            "it names sites of %d of %d groups of the cohort"
                .formatted(groups.represented(participants), groups.count()));
  }

  /**
   * A site's answer: of each participant its share of the seed, of each other member its share of
   * the key, never both. Shares that do not open, or are not what their site committed itself to,
   * are left out.
   *
   * @param plan SHA-256 of the plan as published
   */
  public Unmask answer(SiteKey key, SiteSecrets secrets, Hash plan) {
    List<Hash32> shares = new ArrayList<>();
    for (MaskOffer offer : cohort.offers()) {
      shares.add(
          opened(secrets, offer, key.address())
              .map(both -> part(both, offer.getSite()))
              .map(Hash::toAvro)
              .orElse(NONE));
    }
    Unmask.Builder unsigned =
        Unmask.newBuilder()
            .setContract(secrets.terms().contract())
            .setTermsHash(secrets.terms().hash().toAvro())
            .setSite(key.address())
            .setRound(cohort.round())
            .setPlan(plan.toAvro())
            .setShares(shares)
            .setSignature(ByteBuffer.allocate(0));
    byte[] signature = key.sign(MaskContent.of(unsigned.build()));
    return unsigned.setSignature(ByteBuffer.wrap(signature)).build();
  }

  private Optional<byte[]> opened(SiteSecrets secrets, MaskOffer offer, String site) {
    MaskShare share = cohort.share(offer, site);
    byte[] sealing =
        secrets.sealingKey(
            Hash.of(offer.getShareKey()), cohort.context(secrets.terms()), offer.getSite(), site);
    return SealedShares.open(sealing, AvroBytes.of(share.getSealed()))
        .filter(both -> isGood(share, part(both, false), false))
        .filter(both -> isGood(share, part(both, true), true));
  }

  private Hash part(byte[] both, String site) {
    return part(both, participants.contains(site));
  }

  private static Hash part(byte[] both, boolean ofSeed) {
    return Hash.of(
        ofSeed
            ? Arrays.copyOf(both, SHARE_BYTES)
            : Arrays.copyOfRange(both, SHARE_BYTES, both.length));
  }

  private static boolean isGood(MaskShare share, Hash found, boolean ofSeed) {
    Hash expected = Hash.of(ofSeed ? share.getSeedHash() : share.getKeyHash());
    return Hash.sha256(found.bytes()).equals(expected);
  }

  /** Returns the members whose share in an answer is missing, or not what they shared out. */
  public List<String> wrong(Unmask answer) {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < cohort.offers().size(); i++) {
      if (i >= answer.getShares().size()
          || !isGood(cohort.offers().get(i), answer, Hash.of(answer.getShares().get(i)))) {
        wrong.add(cohort.offers().get(i).getSite());
      }
    }
    return wrong;
  }

  private boolean isGood(MaskOffer offer, Unmask answer, Hash found) {
    return cohort.holdsShares(answer.getSite())
        && isGood(
            cohort.share(offer, answer.getSite()), found, participants.contains(offer.getSite()));
  }

  /**
   * Finds all secrets.
   *
   * @param answers at most one of each site, to the round's plan
   * @return the cohort with its secrets; empty while there are not enough good shares of each
   */
  public Optional<List<MaskMember>> solve(Iterable<Unmask> answers) {
    List<MaskMember> members = new ArrayList<>();
    for (int i = 0; i < cohort.offers().size(); i++) {
      MaskOffer offer = cohort.offers().get(i);
      Optional<Hash> secret = secret(i, offer, answers);
      if (secret.isEmpty()) {
        return Optional.empty();
      }
      members.add(
          new MaskMember(
              offer.getSite(),
              offer.getMaskKey(),
              offer.getCommitment(),
              MaskContent.details(offer).toAvro(),
              offer.getSignature(),
              secret.get().toAvro()));
    }
    return Optional.of(members);
  }

  /**
   * Returns members of whom enough shares are what they committed themselves to, and yet find
   * another secret than the one that they offered: only they can have dealt them like this.
   */
  public List<String> misdealt(Iterable<Unmask> answers) {
    List<String> misdealt = new ArrayList<>();
    for (int i = 0; i < cohort.offers().size(); i++) {
      MaskOffer offer = cohort.offers().get(i);
      if (found(i, offer, answers).filter(secret -> !isOffered(secret, offer)).isPresent()) {
        misdealt.add(offer.getSite());
      }
    }
    return misdealt;
  }

  private Optional<Hash> secret(int member, MaskOffer offer, Iterable<Unmask> answers) {
    return found(member, offer, answers).filter(secret -> isOffered(secret, offer));
  }

  private boolean isOffered(Hash secret, MaskOffer offer) {
    return isSecret(
        secret,
        Hash.of(offer.getCommitment()),
        Hash.of(offer.getMaskKey()),
        participants.contains(offer.getSite()));
  }

  /** What enough good shares find, whatever it is. */
  private Optional<Hash> found(int member, MaskOffer offer, Iterable<Unmask> answers) {
    Map<Integer, byte[]> shares = new LinkedHashMap<>();
    for (Unmask answer : answers) {
      if (shares.size() < cohort.threshold() && member < answer.getShares().size()) {
        Hash share = Hash.of(answer.getShares().get(member));
        if (isGood(offer, answer, share)) {
          shares.put(cohort.number(answer.getSite()), share.bytes());
        }
      }
    }
    return shares.size() < cohort.threshold()
        ? Optional.empty()
        : Optional.of(Hash.of(Shamir.secret(shares)));
  }

  /** Whether a secret is the one that a site offered. */
  static boolean isSecret(Hash secret, Hash commitment, Hash maskKey, boolean isIn) {
    return isIn
        ? MaskContent.commitment(secret.bytes()).equals(commitment)
        : Hash.of(X25519.publicKey(secret.bytes())).equals(maskKey);
  }
}

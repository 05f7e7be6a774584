package io.swarmstream.schemas.masking;

import io.swarmstream.schemas.avro.Hash32;
import io.swarmstream.schemas.avro.MaskConfirmation;
import io.swarmstream.schemas.avro.MaskMember;
import io.swarmstream.schemas.avro.MaskOffer;
import io.swarmstream.schemas.avro.MaskShare;
import io.swarmstream.schemas.avro.Unmask;
import io.swarmstream.schemas.hashing.Canonical;
import io.swarmstream.schemas.hashing.Hash;

/** What sites sign of the records of a masked round. */
public final class MaskContent {
  private static final byte[] OFFER = Canonical.tag("swarmstream/mask-offer/v1");
  private static final byte[] DETAILS = Canonical.tag("swarmstream/mask-offer-details/v1");
  private static final byte[] UNMASK = Canonical.tag("swarmstream/unmask/v1");
  private static final byte[] CONFIRMATION = Canonical.tag("swarmstream/mask-confirmation/v1");
  private static final byte[] SEED = Canonical.tag("swarmstream/mask-seed/v1");

  private MaskContent() {}

  /** Returns what a site signs of an offer. */
  public static Hash of(MaskOffer offer) {
    return offer(
        offer.getContract(),
        Hash.of(offer.getTermsHash()),
        offer.getRound(),
        Hash.of(offer.getBaseHash()),
        Hash.of(offer.getRoster()),
        offer.getSite(),
        Hash.of(offer.getMaskKey()),
        Hash.of(offer.getCommitment()),
        details(offer));
  }

  /** Returns what a member of a cohort signed, from a record that has a part of it. */
  public static Hash of(
      MaskMember member, String contract, Hash terms, long round, Hash baseHash, Hash roster) {
    return offer(
        contract,
        terms,
        round,
        baseHash,
        roster,
        member.getSite(),
        Hash.of(member.getMaskKey()),
        Hash.of(member.getCommitment()),
        Hash.of(member.getDetails()));
  }

  private static Hash offer(
      String contract,
      Hash terms,
      long round,
      Hash baseHash,
      Hash roster,
      String site,
      Hash maskKey,
      Hash commitment,
      Hash details) {
    return new Canonical(OFFER)
        .text(contract)
        .hash(terms)
        .number(round)
        .hash(baseHash)
        .hash(roster)
        .text(site)
        .hash(maskKey)
        .hash(commitment)
        .hash(details)
        .hash();
  }

  /** Returns the hash of the part of an offer that nobody needs once the round is over. */
  static Hash details(MaskOffer offer) {
    Canonical form = new Canonical(DETAILS).hash(Hash.of(offer.getShareKey()));
    for (MaskShare share : offer.getShares()) {
      form.bytes(share.getSealed())
          .hash(Hash.of(share.getSeedHash()))
          .hash(Hash.of(share.getKeyHash()));
    }
    return form.hash();
  }

  /** Returns what a site signs of its answer to a plan. */
  public static Hash of(Unmask answer) {
    Canonical form =
        new Canonical(UNMASK)
            .text(answer.getContract())
            .hash(Hash.of(answer.getTermsHash()))
            .text(answer.getSite())
            .number(answer.getRound())
            .hash(Hash.of(answer.getPlan()));
    for (Hash32 share : answer.getShares()) {
      form.hash(Hash.of(share));
    }
    return form.hash();
  }

  /** Returns what a site signs to confirm the cohort and the plan of a round. */
  public static Hash of(MaskConfirmation confirmation) {
    return confirmation(
        confirmation.getContract(),
        Hash.of(confirmation.getTermsHash()),
        confirmation.getRound(),
        Hash.of(confirmation.getCohort()),
        Hash.of(confirmation.getPlan()));
  }

  /** Returns the same of a cohort and a plan. */
  static Hash confirmation(String contract, Hash terms, long round, Hash cohort, Hash plan) {
    return new Canonical(CONFIRMATION)
        .text(contract)
        .hash(terms)
        .number(round)
        .hash(cohort)
        .hash(plan)
        .hash();
  }

  /** Returns what a site commits its seed to. */
  static Hash commitment(byte[] seed) {
    return new Canonical(SEED).bytes(seed).hash();
  }
}

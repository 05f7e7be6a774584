package io.swarmstream.operators.admission;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.MaskConfirmation;
import io.swarmstream.schemas.avro.MaskOffer;
import io.swarmstream.schemas.avro.Unmask;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.masking.CrowdSize;
import io.swarmstream.schemas.masking.MaskContent;
import io.swarmstream.schemas.masking.MaskOffers;
import io.swarmstream.schemas.rounds.RejectionReason;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.AvroBytes;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.WireFormat;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Checks what a site says of a masked round: its offer, its confirmation, and its answer to the
 * plan. Whether the site is enrolled the coordinator knows: after a crash, a plan may name one that
 * was removed since.
 */
final class MaskCheck {
  private MaskCheck() {}

  /** Whether a record of a deltas topic is no chunk of a delta, but about masks. */
  static boolean isMask(byte[] value) {
    return WireFormat.MASK_OFFER.frames(value)
        || WireFormat.MASK_CONFIRMATION.frames(value)
        || WireFormat.UNMASK.frames(value);
  }

  static Optional<Flaw> flaw(byte[] value, ContractTerms terms) {
    try {
      if (WireFormat.MASK_OFFER.frames(value)) {
        MaskOffer offer = WireFormat.MASK_OFFER.decode(value);
        String site = offer.getSite();
        return SenderCheck.topicFlaw(terms.contract(), offer.getContract())
            .or(() -> termsFlaw(Hash.of(offer.getTermsHash()), terms))
            .or(() -> signatureFlaw(MaskContent.of(offer), offer.getSignature(), site))
            .or(() -> MaskOffers.flaw(offer).map(MaskCheck::badHeader));
      }
      if (WireFormat.MASK_CONFIRMATION.frames(value)) {
        MaskConfirmation said = WireFormat.MASK_CONFIRMATION.decode(value);
        String site = said.getSite();
        return SenderCheck.topicFlaw(terms.contract(), said.getContract())
            .or(() -> termsFlaw(Hash.of(said.getTermsHash()), terms))
            .or(() -> signatureFlaw(MaskContent.of(said), said.getSignature(), site));
      }
      Unmask answer = WireFormat.UNMASK.decode(value);
      String site = answer.getSite();
      return SenderCheck.topicFlaw(terms.contract(), answer.getContract())
          .or(() -> termsFlaw(Hash.of(answer.getTermsHash()), terms))
          .or(() -> signatureFlaw(MaskContent.of(answer), answer.getSignature(), site))
          .or(() -> sizeFlaw(answer));
    } catch (MalformedRecordException e) {
      return Optional.of(
          new Flaw(
              RejectionReason.MALFORMED,
              "",
              e.getMessage() + "; send a record that follows the schema"));
    }
  }

  private static Optional<Flaw> termsFlaw(Hash claimed, ContractTerms terms) {
    return terms.isMasked()
        ? SenderCheck.termsFlaw(claimed, terms)
        : Optional.of(
            new Flaw(
                RejectionReason.WRONG_TERMS,
                "",
                "contract " + terms.contract() + " is not masked; send deltas as they are"));
  }

  private static Optional<Flaw> signatureFlaw(Hash content, ByteBuffer signature, String site) {
    return SenderCheck.signatureFlaw(
        SiteKey.signer(content, AvroBytes.of(signature)), "record", site);
  }

  private static Optional<Flaw> sizeFlaw(Unmask answer) {
    int shares = answer.getShares().size();
    return shares <= CrowdSize.MOST
        ? Optional.empty()
        : Optional.of(
            badHeader(
                "it has %d shares, a cohort has at most %d".formatted(shares, CrowdSize.MOST)));
  }

  private static Flaw badHeader(String what) {
    return new Flaw(RejectionReason.BAD_HEADER, "", what);
  }
}

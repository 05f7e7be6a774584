package io.swarmstream.operators.admission;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.SiteEvent;
import io.swarmstream.schemas.contribution.SiteEvents;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.RejectionReason;
import io.swarmstream.schemas.signing.SignedContent;
import io.swarmstream.schemas.wire.AvroBytes;
import java.util.Optional;

/** Checks that an enrolled site signed the event under these terms, and that its kind is known. */
final class SiteEventCheck {
  private final SignerCache signers;

  SiteEventCheck(SignerCache signers) {
    this.signers = signers;
  }

  /** Finds the first flaw. */
  Optional<Flaw> flaw(SiteEvent event, ContractTerms terms) {
    if (!Hash.of(event.getTermsHash()).equals(terms.hash())) {
      return flaw(
          RejectionReason.WRONG_TERMS,
          "termsHash",
          "the site signed terms "
              + Hash.of(event.getTermsHash()).hex()
              + ", contract "
              + terms.contract()
              + " on "
              + terms.network()
              + " has terms "
              + terms.hash().hex()
              + "; read the contract's terms again");
    }
    Optional<String> signer =
        signers.signer(SignedContent.of(event), AvroBytes.of(event.getSignature()));
    if (signer.isEmpty() || !signer.get().equals(event.getSite())) {
      return flaw(
          RejectionReason.BAD_SIGNATURE,
          "signature",
          "the signature is by "
              + signer.orElse("nobody")
              + ", the event says site "
              + event.getSite()
              + "; sign with the site's own key");
    }
    if (!event.getKind().equals(SiteEvents.JOINED) && !event.getKind().equals(SiteEvents.LEFT)) {
      return flaw(
          RejectionReason.BAD_HEADER,
          "kind",
          "the kind of event is \""
              + event.getKind()
              + "\"; send "
              + SiteEvents.JOINED
              + " or "
              + SiteEvents.LEFT);
    }
    return Optional.empty();
  }

  private static Optional<Flaw> flaw(RejectionReason reason, String field, String message) {
    return Optional.of(new Flaw(reason, field, message));
  }
}

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
    return SenderCheck.termsFlaw(Hash.of(event.getTermsHash()), terms)
        .or(() -> SenderCheck.signatureFlaw(signer(event), "event", event.getSite()))
        .or(() -> kindFlaw(event));
  }

  private Optional<String> signer(SiteEvent event) {
    return signers.signer(SignedContent.of(event), AvroBytes.of(event.getSignature()));
  }

  private static Optional<Flaw> kindFlaw(SiteEvent event) {
    if (event.getKind().equals(SiteEvents.JOINED) || event.getKind().equals(SiteEvents.LEFT)) {
      return Optional.empty();
    }
    return Optional.of(
        new Flaw(
            RejectionReason.BAD_HEADER,
            "kind",
            "the kind of event is \""
                + event.getKind()
                + "\"; send "
                + SiteEvents.JOINED
                + " or "
                + SiteEvents.LEFT));
  }
}

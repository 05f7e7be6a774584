package io.swarmstream.operators.admission;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.RejectionReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a record is for the contract of its topic and under its terms, and from a site that
 * is enrolled and has signed it.
 */
final class SenderCheck {
  private SenderCheck() {}

  /**
   * Finds the first flaw.
   *
   * @param topicContract the contract whose topic the record stands in
   * @param contract the contract that the record names
   * @param site the address that the record names
   * @param enrolled that site's enrolment in the topic's contract; null: it has none
   */
  static Optional<Flaw> flaw(
      String topicContract, String contract, String site, @Nullable EnrolledSite enrolled) {
    return topicFlaw(topicContract, contract)
        .or(
            () ->
                flawIf(
                    enrolled == null,
                    RejectionReason.UNKNOWN_SITE,
                    "site",
                    "site %s is not enrolled in contract %s; have the contract's owner enrol it, or wait until the job"
                        + " has read the enrolment",
                    site,
                    contract));
  }

  /** Finds that a record names another contract than its topic is of. */
  static Optional<Flaw> topicFlaw(String topicContract, String contract) {
    return flawIf(
        !contract.equals(topicContract),
        RejectionReason.WRONG_TOPIC,
        "contract",
        "the record names contract %s, but stands in a topic of contract %s; write it to a topic of the"
            + " contract that it names",
        contract,
        topicContract);
  }

  /** Finds that a record was signed under other terms. */
  static Optional<Flaw> termsFlaw(Hash claimed, ContractTerms terms) {
    return flawIf(
        !claimed.equals(terms.hash()),
        RejectionReason.WRONG_TERMS,
        "termsHash",
        "the site signed terms %s, contract %s on %s has terms %s; read the contract's terms again",
        claimed.hex(),
        terms.contract(),
        terms.network(),
        terms.hash().hex());
  }

  /**
   * Finds that a record was not signed by the site that it names.
   *
   * @param signer who signed it; empty: nobody
   * @param record what it is, for the message
   */
  static Optional<Flaw> signatureFlaw(Optional<String> signer, String record, String site) {
    return flawIf(
        signer.filter(site::equals).isEmpty(),
        RejectionReason.BAD_SIGNATURE,
        "signature",
        "the signature is by %s, the %s says site %s; sign with the site's own key",
        signer.orElse("nobody"),
        record,
        site);
  }

  @SuppressWarnings("AnnotateFormatMethod") // every caller is in this file
  private static Optional<Flaw> flawIf(
      boolean flawed, RejectionReason reason, String field, String message, Object... values) {
    return flawed
        ? Optional.of(new Flaw(reason, field, String.format(message, values)))
        : Optional.empty();
  }
}

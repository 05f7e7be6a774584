package io.swarmstream.operators.admission;

import io.swarmstream.schemas.rounds.RejectionReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks that a record is for the contract of its topic, and from a site that is enrolled. */
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
    if (!contract.equals(topicContract)) {
      return Optional.of(
          new Flaw(
              RejectionReason.WRONG_TOPIC,
              "contract",
              String.format(
                  "the record names contract %s, but stands in a topic of contract %s; write it to a topic of the"
                      + " contract that it names",
                  contract, topicContract)));
    }
    if (enrolled == null) {
      return Optional.of(
          new Flaw(
              RejectionReason.UNKNOWN_SITE,
              "site",
              String.format(
                  "site %s is not enrolled in contract %s; have the contract's owner enrol it, or wait until the job"
                      + " has read the enrolment",
                  site, contract)));
    }
    return Optional.empty();
  }
}

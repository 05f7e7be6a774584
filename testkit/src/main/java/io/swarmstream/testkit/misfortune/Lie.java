package io.swarmstream.testkit.misfortune;

import io.swarmstream.schemas.rounds.RejectionReason;
import java.util.List;
import java.util.Locale;

/** Ways to send what must be rejected, and the reasons that the sender may receive. */
public enum Lie {
  /** The weight was changed after signing. */
  CHANGED_AFTER_SIGNING(RejectionReason.BAD_SIGNATURE),
  /** Sent in the name of another site. */
  STOLEN_NAME(RejectionReason.BAD_SIGNATURE),
  /** Trained from a model that never existed. */
  WRONG_BASE(RejectionReason.WRONG_BASE, RejectionReason.STALE_ROUND),
  NOT_A_NUMBER(RejectionReason.NOT_FINITE, RejectionReason.BAD_SCALE),
  INFINITE(RejectionReason.NOT_FINITE, RejectionReason.BAD_SCALE),
  /** One bit of the payload is flipped. */
  ALTERED_PAYLOAD(RejectionReason.BAD_HASH),
  /** One chunk in place of another. */
  WRONG_CHUNK(RejectionReason.BAD_HASH, RejectionReason.WRONG_LAYOUT),
  /** Sent to a round that is not open yet. */
  FUTURE_ROUND(
      RejectionReason.FUTURE_ROUND, RejectionReason.WRONG_BASE, RejectionReason.STALE_ROUND),
  /** Claims more weight than the site is enrolled with. */
  HUGE_WEIGHT(RejectionReason.BAD_HEADER),
  /** Signed with a key that is not enrolled. */
  STRANGER(RejectionReason.UNKNOWN_SITE),
  /** Made for a contract with the same sites and another name. */
  ANOTHER_CONTRACT(RejectionReason.WRONG_TOPIC),
  /** Arbitrary bytes. */
  GARBAGE(RejectionReason.MALFORMED),
  /** A truncated honest record. */
  CUT_OFF(RejectionReason.MALFORMED),
  /** Copies of records that were sent before, in this round or an earlier one. */
  COPIES;

  @SuppressWarnings("ImmutableEnumChecker") // created by List.of
  private final List<RejectionReason> reasons;

  Lie(RejectionReason... reasons) {
    this.reasons = List.of(reasons);
  }

  /** Reasons that the sender may receive; for copies, whatever applies to the original. */
  List<RejectionReason> reasons() {
    return reasons;
  }

  String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}

package io.swarmstream.testkit.misfortune;

import io.swarmstream.schemas.rounds.RejectionReason;
import java.util.List;
import java.util.Locale;

/** Ways to send what should not get in, and what the sender is to be told. */
public enum Lie {
  /** The weight was changed after signing. */
  CHANGED_AFTER_SIGNING(RejectionReason.BAD_SIGNATURE),
  /** In the name of another site. */
  STOLEN_NAME(RejectionReason.BAD_SIGNATURE),
  /** Trained from a model that never was. */
  WRONG_BASE(RejectionReason.WRONG_BASE, RejectionReason.STALE_ROUND),
  NOT_A_NUMBER(RejectionReason.NOT_FINITE, RejectionReason.BAD_SCALE),
  INFINITE(RejectionReason.NOT_FINITE, RejectionReason.BAD_SCALE),
  /** One bit of the payload is another. */
  ALTERED_PAYLOAD(RejectionReason.BAD_HASH),
  /** A chunk in the place of another. */
  WRONG_CHUNK(RejectionReason.BAD_HASH, RejectionReason.WRONG_LAYOUT),
  /** To a round that is not open yet. */
  FUTURE_ROUND(
      RejectionReason.FUTURE_ROUND, RejectionReason.WRONG_BASE, RejectionReason.STALE_ROUND),
  /** With more weight than the site is enrolled with. */
  HUGE_WEIGHT(RejectionReason.BAD_HEADER),
  /** Of a key that nobody has enrolled. */
  STRANGER(RejectionReason.UNKNOWN_SITE),
  /** Of a contract with the same sites and another name. */
  ANOTHER_CONTRACT(RejectionReason.WRONG_TOPIC),
  /** Any bytes. */
  GARBAGE(RejectionReason.MALFORMED),
  /** An honest record cut off. */
  CUT_OFF(RejectionReason.MALFORMED),
  /** Copies of what somebody has sent before, of this round or an earlier one. */
  COPIES;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<RejectionReason> reasons;

  Lie(RejectionReason... reasons) {
    this.reasons = List.of(reasons);
  }

  /** What the sender may be told; of copies: whatever is so of the copied. */
  List<RejectionReason> reasons() {
    return reasons;
  }

  String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}

package io.swarmstream.schemas.encoding;

import io.swarmstream.schemas.rounds.RejectionReason;
import java.io.Serializable;

/**
 * Why the values of a payload cannot be merged.
 *
 * @param reason kind of the flaw
 * @param value index in the payload of the first value affected
 * @param what description of the flaw, to be appended to the value's name
 */
public record PayloadFlaw(RejectionReason reason, int value, String what) implements Serializable {
  static PayloadFlaw notFinite(int value, float what) {
    return new PayloadFlaw(
        RejectionReason.NOT_FINITE,
        value,
        "is " + what + "; the training has diverged: lower the learning rate or check the data");
  }

  /**
   * The payload might be decoded, but is not the one that the encoder writes.
   *
   * @param what what is wrong, a semicolon, and what the encoder does
   */
  static PayloadFlaw notCanonical(int value, String what) {
    return new PayloadFlaw(RejectionReason.NOT_CANONICAL, value, what);
  }
}

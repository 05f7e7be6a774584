package io.swarmstream.schemas.rounds;

import java.util.Locale;
import java.util.Optional;

/** Why a record entered no merge. */
public enum RejectionReason {
  /** Not a record of the kind that the topic carries. */
  MALFORMED,
  /** The record names another contract than its topic. */
  WRONG_TOPIC,
  /** The site is not enrolled, as far as the job has read the chain. */
  UNKNOWN_SITE,
  /** The site read other terms than the chain holds. */
  WRONG_TERMS,
  /** The signature is not by the site. */
  BAD_SIGNATURE,
  /** Payload, chunk hash, proof and Merkle root do not fit together. */
  BAD_HASH,
  /** Chunk count, index or length is not the layout's. */
  WRONG_LAYOUT,
  /** The payload's encoding is not the contract's. */
  WRONG_ENCODING,
  /** A header field is out of its range. */
  BAD_HEADER,
  /** A value is NaN or infinite. */
  NOT_FINITE,
  /** A block's scale is negative, not finite, or so large that its values might not be. */
  BAD_SCALE,
  /** The round is closed. */
  STALE_ROUND,
  /** The round is not open yet. */
  FUTURE_ROUND,
  /** The contribution starts from another model than the round's base. */
  WRONG_BASE,
  /** The chunk is in already. */
  DUPLICATE,
  /** The site's whole contribution is in already, with other content. */
  CONFLICTING,
  /** The site has begun so many contributions to the round that no other one is taken. */
  TOO_MANY,
  /** The round closed before all chunks had come. */
  INCOMPLETE,
  /** The round was open for longer than the log is sure to keep the contribution. */
  EXPIRED,
  /** The job was started without the state of a training that its log shows to be under way. */
  NOT_RESTORED;

  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Empty for the code of a newer version. */
  public static Optional<RejectionReason> ofCode(String code) {
    for (RejectionReason reason : values()) {
      if (reason.code().equals(code)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}

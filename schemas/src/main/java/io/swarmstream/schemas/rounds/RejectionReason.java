package io.swarmstream.schemas.rounds;

import java.util.Locale;
import java.util.Optional;

/**
 * Why a record is not merged.
 *
 * <p>The job detects the reasons up to {@code NOT_CANONICAL} at admission, in {@code
 * operators.admission}, and the contract's coordinator detects the others, in {@code
 * operators.coordination}. The documentation of these packages names the class that decides.
 */
public enum RejectionReason {
  /** {@code malformed}: not a record of the kind that the topic carries. */
  MALFORMED,
  /** {@code wrong-topic}: the record names another contract than its topic. */
  WRONG_TOPIC,
  /** {@code unknown-site}: the site is not enrolled, as far as the job has read the chain. */
  UNKNOWN_SITE,
  /** {@code wrong-terms}: the site signed other terms than the chain holds. */
  WRONG_TERMS,
  /** {@code bad-signature}: the signature is not the site's. */
  BAD_SIGNATURE,
  /** {@code bad-hash}: payload, chunk hash, proof and Merkle root do not fit together. */
  BAD_HASH,
  /** {@code wrong-layout}: chunk count, index or length does not fit the contract's layout. */
  WRONG_LAYOUT,
  /** {@code wrong-encoding}: the payload's encoding is not the contract's. */
  WRONG_ENCODING,
  /** {@code wrong-payload-hash}: the payload is hashed by another function than the contract's. */
  WRONG_PAYLOAD_HASH,
  /** {@code bad-header}: a header field is out of its range. */
  BAD_HEADER,
  /** {@code not-finite}: a value is NaN or infinite. */
  NOT_FINITE,
  /**
   * {@code bad-scale}: a block's scale is negative, not finite, or so large that its values might
   * not be finite.
   */
  BAD_SCALE,
  /** {@code not-canonical}: the payload is not the one that the encoder writes for its values. */
  NOT_CANONICAL,
  /** {@code stale-round}: the round is closed. */
  STALE_ROUND,
  /** {@code future-round}: the round is not open yet. */
  FUTURE_ROUND,
  /** {@code wrong-base}: the contribution starts from another model than the round's base. */
  WRONG_BASE,
  /** {@code duplicate}: the chunk has already arrived; admission rejects many copies, too. */
  DUPLICATE,
  /** {@code conflicting}: another contribution of the site to the round is already complete. */
  CONFLICTING,
  /**
   * {@code too-many}: the site has begun too many contributions to the round, so no further one is
   * accepted; admission counts them, too.
   */
  TOO_MANY,
  /** {@code incomplete}: the round closed before all chunks had arrived. */
  INCOMPLETE,
  /**
   * {@code expired}: the round was open for longer than the log is guaranteed to keep the
   * contribution.
   */
  EXPIRED,
  /**
   * {@code not-restored}: the job started without the state of a training that, according to its
   * log, is in progress.
   */
  NOT_RESTORED;

  /** Returns the code used in records and by trainers: lower case, with hyphens. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the reason of a code; empty for the code of a newer version. */
  public static Optional<RejectionReason> ofCode(String code) {
    for (RejectionReason reason : values()) {
      if (reason.code().equals(code)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}

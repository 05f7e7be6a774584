package io.swarmstream.site;

import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.hashing.Hash;

/** A contribution that the log has, and whose round is not known to be sealed yet. */
public final class Sent {
  private final Contribution contribution;
  private final long rejectionsBefore;
  private final long began;
  private final long signed;
  private final long sent;

  Sent(Contribution contribution, long rejectionsBefore, long began, long signed, long sent) {
    this.contribution = contribution;
    this.rejectionsBefore = rejectionsBefore;
    this.began = began;
    this.signed = signed;
    this.sent = sent;
  }

  /** The round contributed to. */
  public long round() {
    return contribution.round();
  }

  /** Merkle root over the delta's chunks: what the round record will name. */
  public Hash hash() {
    return contribution.root();
  }

  Contribution contribution() {
    return contribution;
  }

  /** How many rejections had come before it was sent. */
  long rejectionsBefore() {
    return rejectionsBefore;
  }

  long began() {
    return began;
  }

  long signed() {
    return signed;
  }

  long sent() {
    return sent;
  }
}

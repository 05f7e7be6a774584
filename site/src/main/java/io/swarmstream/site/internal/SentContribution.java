package io.swarmstream.site.internal;

import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.site.Sent;

/**
 * A contribution that the log has.
 *
 * @param rejectionsBefore how many rejections had come before it was sent
 * @param began when the sync began, of {@link System#nanoTime} as the next two
 * @param signed when it was signed
 * @param sent when the log had all of it
 */
record SentContribution(
    Contribution contribution, long rejectionsBefore, long began, long signed, long sent)
    implements Sent {
  @Override
  public long round() {
    return contribution.round();
  }

  @Override
  public Hash hash() {
    return contribution.root();
  }
}

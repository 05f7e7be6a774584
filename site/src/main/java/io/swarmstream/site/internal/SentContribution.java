package io.swarmstream.site.internal;

import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.site.Sent;
import org.jspecify.annotations.Nullable;

/**
 * A contribution that the log has.
 *
 * @param contribution null: nothing was sent, because a masked round goes on without this site
 * @param rejectionsBefore how many rejections had come before it was sent
 * @param began when the sync began, of {@link System#nanoTime} as the next two
 * @param signed when it was signed
 * @param sent when the log had all of it
 */
record SentContribution(
    long round,
    @Nullable Contribution contribution,
    long rejectionsBefore,
    long began,
    long signed,
    long sent)
    implements Sent {
  @Override
  public Hash hash() {
    return contribution == null ? Hash.ZERO : contribution.root();
  }
}

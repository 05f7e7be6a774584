package io.swarmstream.kafka.client;

import io.swarmstream.schemas.MalformedRecordException;
import io.swarmstream.schemas.WireFormat;
import io.swarmstream.schemas.avro.Rejection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rejections of one site, or of all, since the log is followed. Safe for use by several
 * threads.
 */
public final class RejectionLog {
  /** Older rejections are dropped: a site may send wrong chunks without end. */
  public static final int KEPT_REJECTIONS = 256;

  private static final Logger LOG = LoggerFactory.getLogger(RejectionLog.class);

  private final Bulletin bulletin;

  /** Null for all sites. */
  private final @Nullable String site;

  private final Deque<Rejection> rejections = new ArrayDeque<>();

  RejectionLog(Bulletin bulletin, @Nullable String site) {
    this.bulletin = bulletin;
    this.site = site;
  }

  /** The rejections kept, oldest first. */
  public List<Rejection> all() {
    return bulletin.read(() -> List.copyOf(rejections));
  }

  /** The rejections kept of a round, oldest first. */
  public List<Rejection> of(long round) {
    return bulletin.read(
        () -> rejections.stream().filter(rejection -> rejection.getRound() == round).toList());
  }

  /**
   * The first rejection kept of a contribution.
   *
   * @param merkleRootHex the contribution's Merkle root, 64 hex digits
   */
  public Optional<Rejection> find(String merkleRootHex) {
    return bulletin.read(
        () ->
            rejections.stream()
                .filter(rejection -> rejection.getContribution().equals(merkleRootHex))
                .findFirst());
  }

  /** Takes a value of the topic, under the bulletin's lock. */
  void accept(byte[] value) {
    if (!WireFormat.REJECTION.frames(value)) {
      return;
    }
    try {
      Rejection rejection = WireFormat.REJECTION.decode(value);
      if (site == null || site.equals(rejection.getSite())) {
        rejections.addLast(rejection);
      }
      if (rejections.size() > KEPT_REJECTIONS) {
        rejections.removeFirst();
      }
    } catch (MalformedRecordException e) {
      LOG.warn("a record of the rejections topic is passed over: {}", e.getMessage());
    }
  }
}

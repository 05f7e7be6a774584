package io.swarmstream.clients.kafka.log;

import io.swarmstream.clients.kafka.SeldomWarning;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.WireFormat;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the rejections of one site, or of all sites, from the moment the log is followed. Safe
 * for use by several threads.
 */
public final class RejectionLog {
  /** Limits memory by dropping older rejections: a site may send bad chunks without end. */
  public static final int KEPT_REJECTIONS = 256;

  private static final Logger LOG = LoggerFactory.getLogger(RejectionLog.class);

  private final Bulletin bulletin;
  private final OwnRecords own;
  private final SeldomWarning warning = new SeldomWarning(LOG);

  /** Null for all sites. */
  private final @Nullable String site;

  private final Deque<Rejection> rejections = new ArrayDeque<>();

  /** Number of rejections received so far, kept or not. */
  private long seen;

  RejectionLog(Bulletin bulletin, OwnRecords own, @Nullable String site) {
    this.bulletin = bulletin;
    this.own = own;
    this.site = site;
  }

  /** The rejections kept, oldest first. */
  public List<Rejection> all() {
    return bulletin.read(() -> List.copyOf(rejections));
  }

  /** Number of rejections received so far. */
  public long seen() {
    return bulletin.read(() -> seen);
  }

  /**
   * Returns the kept rejections of a round, oldest first.
   *
   * @param after number of received rejections to skip, as returned by {@link #seen}
   */
  public List<Rejection> of(long round, long after) {
    return since(after).stream().filter(rejection -> rejection.getRound() == round).toList();
  }

  /** Returns the kept rejections, without the first {@code after} of all that were received. */
  public List<Rejection> since(long after) {
    return bulletin.read(
        () -> rejections.stream().skip(Math.max(0, after - (seen - rejections.size()))).toList());
  }

  /**
   * Takes a value of the topic, under the bulletin's lock.
   *
   * @param unsigned what is wrong with its signature; empty: nothing
   */
  void accept(byte[] value, Optional<String> unsigned) {
    if (!WireFormat.REJECTION.frames(value)) {
      return;
    }
    if (unsigned.isPresent()) {
      passOver(unsigned.get());
      return;
    }
    try {
      Rejection rejection = WireFormat.REJECTION.decode(value);
      Optional<String> flaw = own.flaw(rejection.getContract());
      if (flaw.isPresent()) {
        passOver(flaw.get());
      } else if (isOfInterest(rejection)) {
        rejections.addLast(rejection);
        seen++;
      }
      if (rejections.size() > KEPT_REJECTIONS) {
        rejections.removeFirst();
      }
    } catch (MalformedRecordException e) {
      passOver(String.valueOf(e.getMessage()));
    }
  }

  /** Ignores byte-identical repetitions: the job writes each rejection once, so they are copies. */
  private boolean isOfInterest(Rejection rejection) {
    return (site == null || site.equals(rejection.getSite())) && !rejections.contains(rejection);
  }

  private void passOver(String flaw) {
    warning.say(
        "a record of the rejections topic of "
            + own.contract()
            + " is passed over: "
            + flaw
            + "; find out who else can write to it");
  }
}

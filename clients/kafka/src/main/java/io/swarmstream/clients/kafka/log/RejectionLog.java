package io.swarmstream.clients.kafka.log;

import io.swarmstream.clients.kafka.SeldomWarning;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.signing.RecordSignature;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
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
  private final OwnRecords own;
  private final SeldomWarning warning = new SeldomWarning(LOG);

  /** Null for all sites. */
  private final @Nullable String site;

  private final Deque<Rejection> rejections = new ArrayDeque<>();

  /** Rejections that came so far, kept or not. */
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

  /** How many have come so far. */
  public long seen() {
    return bulletin.read(() -> seen);
  }

  /**
   * The rejections kept of a round, oldest first.
   *
   * @param after without the first so many of all that came, as {@link #seen} said
   */
  public List<Rejection> of(long round, long after) {
    return since(after).stream().filter(rejection -> rejection.getRound() == round).toList();
  }

  /** The rejections kept, without the first so many of all that came. */
  public List<Rejection> since(long after) {
    return bulletin.read(
        () -> rejections.stream().skip(Math.max(0, after - (seen - rejections.size()))).toList());
  }

  /** Takes a value of the topic, under the bulletin's lock. */
  void accept(byte[] value, Optional<RecordSignature> signature) {
    if (!WireFormat.REJECTION.frames(value)) {
      return;
    }
    Optional<String> unsigned =
        own.signatureFlaw(Topic.REJECTIONS.of(own.contract()), value, signature);
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

  /** Of what is the same to the last byte somebody has written a copy: the job says all once. */
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

package io.swarmstream.site.internal;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.log.DeltaProducer;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.contribution.SiteEvents;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the job that the site joins or leaves, so that rounds wait for it or do not. */
public final class Presence {
  private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

  /** Longest wait for Kafka to take the news that the site leaves. */
  private static final Duration LEAVING = Duration.ofSeconds(5);

  private final DeltaProducer producer;
  private final SiteKey key;
  private final ContractTerms terms;
  private final String siteName;

  /** Speaks for the site that a connection belongs to. */
  public Presence(SiteConnection connection) {
    this.producer = connection.producer();
    this.key = connection.key();
    this.terms = connection.terms();
    this.siteName = connection.site().name();
  }

  /**
   * Says that the site joins.
   *
   * @throws DeadlineException when Kafka does not take it in time
   */
  public void join(Duration deadline) throws InterruptedException {
    say(SiteEvents.JOINED, deadline);
  }

  /** Says that the site leaves; true when Kafka has taken it within some seconds. */
  public boolean leave() throws InterruptedException {
    AtomicReference<@Nullable Throwable> failure =
        new AtomicReference<>(
            new DeadlineException("Kafka has not taken it in " + LEAVING.toSeconds() + " s"));
    Thread speaker = new Thread(() -> failure.set(failureToSayLeft()), "swarm-leave-" + siteName);
    speaker.setDaemon(true);
    speaker.start();
    try {
      speaker.join(LEAVING.toMillis());
    } finally {
      // A producer without a broker waits for minutes before it takes a record.
      speaker.interrupt();
    }
    Throwable why = failure.get();
    if (why != null) {
      LOG.warn(
          "Could not say that {} leaves contract {}: a round may wait for it",
          siteName,
          terms.contract(),
          why);
    }
    return why == null;
  }

  private @Nullable Throwable failureToSayLeft() {
    try {
      say(SiteEvents.LEFT, LEAVING);
      return null;
    } catch (RuntimeException | InterruptedException e) {
      return e;
    }
  }

  private void say(String kind, Duration patience) throws InterruptedException {
    byte[] event =
        WireFormat.SITE_EVENT.encode(SiteEvents.sign(key, terms, kind, System.currentTimeMillis()));
    producer.send(new OutboundRecord(Topic.SITES.of(terms.contract()), key.address(), event));
    producer.flush(patience);
  }
}

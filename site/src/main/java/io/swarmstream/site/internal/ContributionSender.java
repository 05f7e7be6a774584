package io.swarmstream.site.internal;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.MissingRightException;
import io.swarmstream.clients.kafka.log.DeltaProducer;
import io.swarmstream.clients.kafka.log.SendFailedException;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.wire.WireFormat;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes contributions to the log, chunk by chunk, and again when the job misses them. */
final class ContributionSender {
  private static final Logger LOG = LoggerFactory.getLogger(ContributionSender.class);

  private final DeltaProducer producer;
  private final String contract;
  private final String siteName;
  private final AtomicLong bytesSent = new AtomicLong();

  ContributionSender(DeltaProducer producer, String contract, String siteName) {
    this.producer = producer;
    this.contract = contract;
    this.siteName = siteName;
  }

  /** Bytes handed to Kafka so far; any thread may ask. */
  long bytesSent() {
    return bytesSent.get();
  }

  /** Returns when the log has all chunks. */
  void send(Contribution contribution, Duration deadline) throws InterruptedException {
    for (int chunk = 0; chunk < contribution.chunkCount(); chunk++) {
      byte[] record = WireFormat.DELTA_CHUNK.encode(contribution.chunk(chunk));
      producer.send(contract, String.valueOf(chunk), record);
      bytesSent.addAndGet(record.length);
    }
    producer.flush(deadline);
  }

  /** Sends a contribution again; a failure that may pass is only logged. */
  void resend(Contribution contribution, Duration left) throws InterruptedException {
    LOG.info(
        "The job still misses the contribution of {} to round {}; sending it again",
        siteName,
        contribution.round());
    try {
      send(contribution, left);
    } catch (SendFailedException | DeadlineException e) {
      if (MissingRightException.isIn(e)) {
        throw e;
      }
      LOG.warn("The contribution could not be sent again; still waiting for the round", e);
    }
  }
}

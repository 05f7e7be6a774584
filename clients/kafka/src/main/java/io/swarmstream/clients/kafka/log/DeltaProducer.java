package io.swarmstream.clients.kafka.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.MissingRightException;
import io.swarmstream.clients.kafka.SignatureHeader;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a site's delta chunks and other records. Each record is written once, to all in-sync
 * replicas; {@code flush} waits until it is. Buffers a limited number of bytes and blocks the
 * sender when the buffer is full. Safe for use by several threads.
 */
public final class DeltaProducer implements AutoCloseable {
  /** Room for 32 full-size chunks. */
  public static final long DEFAULT_BUFFER_BYTES = 32L << 20;

  private final KafkaEndpoint endpoint;
  private final Duration sendDeadline;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Object lock = new Object();
  private long pending;
  private @Nullable SendFailedException failure;

  /**
   * Creates a producer; the first record opens the connection.
   *
   * @param bufferBytes limit of unacknowledged bytes, at least 2 MiB
   * @param sendDeadline how long a record may take, including broker outages, at least 1 s
   */
  public DeltaProducer(KafkaEndpoint endpoint, long bufferBytes, Duration sendDeadline) {
    if (bufferBytes < 2 << 20) {
      throw new IllegalArgumentException(
          "bufferBytes is " + bufferBytes + "; it takes 2 MiB to hold one chunk and send another");
    }
    if (sendDeadline.toMillis() < 1000) {
      throw new IllegalArgumentException("sendDeadline is " + sendDeadline + "; at least 1 s");
    }
    this.endpoint = endpoint;
    this.sendDeadline = sendDeadline;
    this.producer =
        new KafkaProducer<>(
            endpoint.properties(tuning(), required(bufferBytes, sendDeadline)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Creates a producer with the default buffer and 2 min per record. */
  public static DeltaProducer of(KafkaEndpoint endpoint) {
    return new DeltaProducer(endpoint, DEFAULT_BUFFER_BYTES, Duration.ofMinutes(2));
  }

  private static Map<String, String> tuning() {
    return Map.of(
        // Holds one chunk, so that the batch comes from the producer's pool instead of the heap.
        "batch.size", Integer.toString(1 << 20),
        "linger.ms", "0",
        "compression.type", "none",
        "reconnect.backoff.max.ms", "500");
  }

  private static Map<String, String> required(long bufferBytes, Duration sendDeadline) {
    String millis = Long.toString(sendDeadline.toMillis());
    return Map.of(
        "acks",
        "all",
        "enable.idempotence",
        "true",
        "buffer.memory",
        Long.toString(bufferBytes),
        "max.block.ms",
        millis,
        "delivery.timeout.ms",
        millis,
        "request.timeout.ms",
        Long.toString(Math.min(30_000, sendDeadline.toMillis())));
  }

  /** Sends a delta chunk; see {@link #send(OutboundRecord)}. */
  public void send(String contract, String key, byte[] value) {
    send(new OutboundRecord(Topic.DELTAS.of(contract), key, value));
  }

  /**
   * Queues a record. Blocks while the buffer is full or the broker is unreachable.
   *
   * @throws SendFailedException when the record cannot be accepted, or an earlier one was not; each
   *     failure is reported once, and what was sent with it must be sent again
   */
  public void send(OutboundRecord record) {
    synchronized (lock) {
      throwFailure();
      pending++;
    }
    AtomicBoolean settled = new AtomicBoolean();
    try {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  record.topic(),
                  null,
                  record.timestampMs(),
                  record.key().getBytes(UTF_8),
                  record.value(),
                  SignatureHeader.of(record)),
              (metadata, error) -> settle(record, error, settled));
    } catch (InterruptException e) {
      settle(record, e, settled);
      throw e;
    } catch (KafkaException | IllegalStateException e) {
      settle(record, e, settled);
    }
    synchronized (lock) {
      throwFailure();
    }
  }

  /** Settles a record once, because Kafka reports some errors by both callback and exception. */
  private void settle(OutboundRecord record, @Nullable Exception error, AtomicBoolean settled) {
    if (!settled.compareAndSet(false, true)) {
      return;
    }
    synchronized (lock) {
      pending--;
      if (error != null && failure == null) {
        failure = failureOf(record, error);
      }
      lock.notifyAll();
    }
  }

  /**
   * Waits until all queued records have been written.
   *
   * @throws SendFailedException when one was not, with the first failure; the next send starts
   *     afresh
   * @throws DeadlineException when some are still in flight
   */
  public void flush(Duration deadline) throws InterruptedException {
    Deadline end = Deadline.in(deadline);
    synchronized (lock) {
      while (pending > 0) {
        if (end.isPast()) {
          throwFailure();
          throw new DeadlineException(
              pending
                  + " records have not been acknowledged by Kafka at "
                  + endpoint
                  + " within "
                  + end.allowed());
        }
        lock.wait(end.remaining().toMillis() + 1);
      }
      throwFailure();
    }
  }

  /** Throws a failure once; after that, the producer starts afresh. */
  private void throwFailure() {
    SendFailedException told = failure;
    failure = null;
    if (told != null) {
      throw told;
    }
  }

  private SendFailedException failureOf(OutboundRecord record, Exception error) {
    Optional<MissingRightException> refused =
        MissingRightException.of(error, "WRITE", "topic " + record.topic(), endpoint);
    if (refused.isPresent()) {
      return new SendFailedException(
          "record " + record + " was not written: " + refused.get().getMessage(), refused.get());
    }
    String reason = Optional.ofNullable(error.getMessage()).orElse(error.toString());
    String hint =
        error instanceof TimeoutException
            ? "; is the broker running and reachable within "
                + sendDeadline.toMillis()
                + " ms, and does the topic exist?"
            : "";
    return new SendFailedException(
        "record " + record + " was not written to Kafka at " + endpoint + ": " + reason + hint,
        error);
  }

  /** Drops the records not yet written; call {@code flush} before. */
  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}

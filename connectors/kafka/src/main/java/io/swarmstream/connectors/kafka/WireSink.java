package io.swarmstream.connectors.kafka;

import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.wire.OutboundRecord;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;

/**
 * Builds the exactly-once Flink sink: records become visible to readers of committed records when
 * the checkpoint that covers them is complete.
 *
 * <p>Each checkpoint gets its own transactional id. The connector can reuse a few ids instead, but
 * then a transaction that a crash leaves open under a reused id may block readers until it times
 * out (FLINK-40626). To keep the ids from accumulating, set the broker's {@code
 * transactional.id.expiration.ms} to an hour.
 */
public final class WireSink {
  private static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9_-]+");

  private final KafkaEndpoint endpoint;
  private final String transactionalIdPrefix;
  private Duration transactionTimeout = Duration.ofMinutes(15);

  private WireSink(KafkaEndpoint endpoint, String transactionalIdPrefix) {
    this.endpoint = endpoint;
    this.transactionalIdPrefix = transactionalIdPrefix;
  }

  /**
   * Starts building a sink.
   *
   * @param transactionalIdPrefix differs from that of every other sink on this Kafka cluster and
   *     stays the same each time this job runs: letters, digits, underscore and dash
   */
  public static WireSink of(KafkaEndpoint endpoint, String transactionalIdPrefix) {
    return new WireSink(endpoint, transactionalIdPrefix);
  }

  /**
   * Sets how long a transaction may stay open: longer than the longest outage from which a job must
   * recover without loss, and at most the broker's {@code transaction.max.timeout.ms}. The default
   * is that setting's default, 15 min. A job that never returns blocks readers for as long.
   */
  public WireSink transactionTimeout(Duration newTransactionTimeout) {
    transactionTimeout = newTransactionTimeout;
    return this;
  }

  /** Builds the sink. */
  public KafkaSink<OutboundRecord> build() {
    if (!PREFIX.matcher(transactionalIdPrefix).matches()) {
      throw new IllegalArgumentException(
          "transactionalIdPrefix \""
              + transactionalIdPrefix
              + "\" has to be letters, digits, underscores and dashes");
    }
    if (transactionTimeout.toMillis() < 1 || transactionTimeout.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "transactionTimeout is " + transactionTimeout + "; it has to be 1 ms to 24 days");
    }
    return KafkaSink.<OutboundRecord>builder()
        .setKafkaProducerConfig(endpoint.toProperties(TUNING, required()))
        .setBootstrapServers(endpoint.bootstrapServers())
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionNamingStrategy(TransactionNamingStrategy.INCREMENTING)
        // A restarted sink aborts transactions whose ids start with its prefix; the dot keeps "a"
        // from aborting those of "a-2".
        .setTransactionalIdPrefix(transactionalIdPrefix + ".")
        .setRecordSerializer(new OutboundRecordSerializer())
        .build();
  }

  /**
   * A batch holds one chunk, so chunks come from the producer's buffer pool instead of the heap. No
   * compression, because floats do not compress. Each subtask has two or three producers.
   */
  private static final Map<String, String> TUNING =
      Map.of(
          "batch.size", Integer.toString(1 << 20),
          "linger.ms", "5",
          "buffer.memory", Integer.toString(16 << 20),
          "compression.type", "none",
          "reconnect.backoff.max.ms", "500");

  private Map<String, String> required() {
    return Map.of(
        "acks", "all",
        "enable.idempotence", "true",
        "transaction.timeout.ms", Long.toString(transactionTimeout.toMillis()));
  }
}

package io.swarmstream.connectors.kafka;

import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.wire.OutboundRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;

/**
 * Builds Flink sinks. The exactly-once sink makes records visible to readers of committed records
 * when the checkpoint that covers them is complete; the immediate one writes them at once, and
 * after a crash perhaps again.
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

  /**
   * Builds the sink for records that are the same bytes whenever they are written again. A
   * checkpoint completes only when all records before it are written.
   */
  public static KafkaSink<OutboundRecord> immediate(KafkaEndpoint endpoint) {
    Map<String, String> tuning = new HashMap<>(TUNING);
    tuning.put("linger.ms", "0"); // a round waits for each of them
    return KafkaSink.<OutboundRecord>builder()
        .setKafkaProducerConfig(
            // A producer that is to recognise repetitions asks for a right that a job without any
            // topic yet does not have. Repetitions do no harm, and what has to be in order is
            // written only once the record before it has been read back.
            endpoint.toProperties(tuning, Map.of("acks", "all", "enable.idempotence", "false")))
        .setBootstrapServers(endpoint.bootstrapServers())
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(new OutboundRecordSerializer())
        .build();
  }

  private Map<String, String> required() {
    return Map.of(
        "acks", "all",
        "enable.idempotence", "true",
        "transaction.timeout.ms", Long.toString(transactionTimeout.toMillis()));
  }
}

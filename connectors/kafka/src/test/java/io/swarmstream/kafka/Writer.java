package io.swarmstream.kafka;

import io.swarmstream.schemas.OutboundRecord;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes records in transactions, as the job does, but by hand. */
public final class Writer implements AutoCloseable {
  private final KafkaProducer<String, byte[]> producer;

  public Writer(KafkaEndpoint endpoint) {
    producer =
        new KafkaProducer<>(
            endpoint.properties(
                Map.of(), Map.of("transactional.id", "writer-" + UUID.randomUUID())),
            new StringSerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
  }

  /** Opens a transaction with the records and leaves it open. */
  public void begin(List<OutboundRecord> records) {
    producer.beginTransaction();
    for (OutboundRecord record : records) {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  record.topic(), null, record.timestampMs(), record.key(), record.value()));
    }
    producer.flush();
  }

  public void commit() {
    producer.commitTransaction();
  }

  public void abort() {
    producer.abortTransaction();
  }

  public void commit(List<OutboundRecord> records) {
    begin(records);
    commit();
  }

  @Override
  public void close() {
    producer.close();
  }
}

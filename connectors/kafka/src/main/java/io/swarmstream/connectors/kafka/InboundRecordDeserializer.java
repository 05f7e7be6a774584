package io.swarmstream.connectors.kafka;

import io.swarmstream.clients.kafka.SignatureHeader;
import io.swarmstream.schemas.wire.InboundRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Passes a record on unchanged; a tombstone becomes a record without bytes. */
final class InboundRecordDeserializer implements KafkaRecordDeserializationSchema<InboundRecord> {
  private static final long serialVersionUID = 1L;
  private static final byte[] NO_BYTES = {};

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<InboundRecord> out) {
    byte[] value = record.value() == null ? NO_BYTES : record.value();
    out.collect(
        new InboundRecord(
            record.topic(),
            record.partition(),
            record.offset(),
            record.timestamp(),
            value,
            SignatureHeader.of(record).orElse(null)));
  }

  @Override
  public TypeInformation<InboundRecord> getProducedType() {
    return TypeInformation.of(InboundRecord.class);
  }
}

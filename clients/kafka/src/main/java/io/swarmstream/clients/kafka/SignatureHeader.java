package io.swarmstream.clients.kafka;

import io.swarmstream.schemas.signing.RecordSignature;
import io.swarmstream.schemas.wire.OutboundRecord;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Converts between a record's signature and a Kafka header. */
public final class SignatureHeader {
  private SignatureHeader() {}

  /** Returns the headers of a record to send. */
  public static List<Header> of(OutboundRecord record) {
    RecordSignature signature = record.signature();
    return signature == null
        ? List.of()
        : List.of(new RecordHeader(RecordSignature.HEADER, signature.header()));
  }

  /** Returns the signature of a record that was read; empty when it has none. */
  public static Optional<RecordSignature> of(ConsumerRecord<?, ?> record) {
    Header header = record.headers().lastHeader(RecordSignature.HEADER);
    return header == null ? Optional.empty() : RecordSignature.ofHeader(header.value());
  }
}

package io.swarmstream.clients.kafka;

import io.swarmstream.schemas.signing.RecordSignature;
import io.swarmstream.schemas.wire.OutboundRecord;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** A record's signature as a header of Kafka's. */
public final class SignatureHeader {
  private SignatureHeader() {}

  /** The headers of a record that is sent. */
  public static List<Header> of(OutboundRecord record) {
    RecordSignature signature = record.signature();
    return signature == null
        ? List.of()
        : List.of(new RecordHeader(RecordSignature.HEADER, signature.header()));
  }

  /** The signature of a record that was read; empty: it has none. */
  public static Optional<RecordSignature> of(ConsumerRecord<?, ?> record) {
    Header header = record.headers().lastHeader(RecordSignature.HEADER);
    return header == null ? Optional.empty() : RecordSignature.ofHeader(header.value());
  }
}

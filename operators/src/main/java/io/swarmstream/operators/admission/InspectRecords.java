package io.swarmstream.operators.admission;

import io.swarmstream.operators.payloads.PayloadAccess;
import io.swarmstream.operators.payloads.PayloadCache;
import io.swarmstream.operators.payloads.PayloadFacts;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.contribution.Payloads;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.wire.AvroBytes;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Takes the payload off each delta chunk as it leaves the source, and inspects it.
 *
 * <p>It is chained to the source. All later operators handle a few hundred bytes for each chunk: a
 * payload crosses no channel and enters no state.
 */
public final class InspectRecords extends RichMapFunction<InboundRecord, InspectedRecord> {
  private static final long serialVersionUID = 1L;
  private static final byte[] NOTHING = {};

  // -- configuration
  private final PayloadAccess payloads;

  // -- runtime
  private transient PayloadCache cache;

  public InspectRecords(PayloadAccess payloads) {
    this.payloads = payloads;
  }

  @Override
  public void open(OpenContext context) {
    cache = payloads.cache();
  }

  @Override
  public InspectedRecord map(InboundRecord record) {
    if (Topic.DELTAS.contract(record.topic()).isEmpty() || MaskCheck.isMask(record.value())) {
      return InspectedRecord.of(record);
    }
    DeltaChunk chunk;
    try {
      chunk = WireFormat.DELTA_CHUNK.decode(record.value());
    } catch (MalformedRecordException e) {
      return new InspectedRecord(without(record, NOTHING), null, e.getMessage());
    }
    byte[] payload = AvroBytes.of(chunk.getPayload());
    PayloadFacts facts = PayloadFacts.of(chunk.getEncoding(), chunk.getPayloadHash(), payload);
    PayloadHash.ofCode(chunk.getPayloadHash())
        .ifPresent(known -> cache.put(known, facts.hash(), payload));
    return new InspectedRecord(
        without(record, WireFormat.DELTA_CHUNK.encode(Payloads.replace(chunk, NOTHING))),
        facts,
        null);
  }

  private static InboundRecord without(InboundRecord record, byte[] value) {
    return new InboundRecord(
        record.topic(), record.partition(), record.offset(), record.appendedMs(), value);
  }
}

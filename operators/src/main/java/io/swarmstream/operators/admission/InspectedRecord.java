package io.swarmstream.operators.admission;

import io.swarmstream.operators.payloads.PayloadFacts;
import io.swarmstream.schemas.wire.InboundRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way to admission; of a delta chunk, all but its payload.
 *
 * @param record the record; a delta chunk's value is the chunk with an empty payload, what is not a
 *     delta chunk at all has an empty value
 * @param payload what there is to know of a delta chunk's payload; null of other records
 * @param malformed why a record of a deltas topic cannot be read; null: it can, or is of another
 *     topic
 */
public record InspectedRecord(
    InboundRecord record, @Nullable PayloadFacts payload, @Nullable String malformed) {

  static InspectedRecord of(InboundRecord record) {
    return new InspectedRecord(record, null, null);
  }
}

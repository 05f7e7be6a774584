package io.swarmstream.verification.replay;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.wire.AvroBytes;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.WireFormat;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Replaces the payload of each chunk in the topic of models, or of the optimizer, by its hash. */
final class SurveyModels implements FlatMapFunction<InboundRecord, SurveyedChunk> {
  private static final long serialVersionUID = 1L;

  // -- configuration
  private final ContractTerms terms;

  /** Vectors that are published as one: 1 in the models topic. */
  private final int vectors;

  SurveyModels(ContractTerms terms, int vectors) {
    this.terms = terms;
    this.vectors = vectors;
  }

  @Override
  public void flatMap(InboundRecord record, Collector<SurveyedChunk> out) {
    if (record.value().length == 0) {
      return; // a tombstone removes a chunk; it makes no claim about it
    }
    try {
      ModelChunk chunk = WireFormat.MODEL_CHUNK.decode(record.value());
      if (!chunk.getContract().equals(terms.contract())) {
        // What it says of a round says nothing of this contract's.
        out.collect(unreadable(record, SurveyedChunk.flaw(chunk, terms, vectors).orElse("")));
        return;
      }
      String flaw = SurveyedChunk.flaw(chunk, terms, vectors).orElse("");
      out.collect(
          new SurveyedChunk(
              record.partition(),
              record.offset(),
              chunk.getRound(),
              chunk.getChunkIndex(),
              terms.payloadHash().leaf(AvroBytes.of(chunk.getPayload())).hex(),
              flaw));
    } catch (MalformedRecordException e) {
      out.collect(unreadable(record, String.valueOf(e.getMessage())));
    }
  }

  private static SurveyedChunk unreadable(InboundRecord record, String flaw) {
    return new SurveyedChunk(record.partition(), record.offset(), -1, -1, "", flaw);
  }
}

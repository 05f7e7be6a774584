package io.swarmstream.verification.replay;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.hashing.MerkleTree;
import io.swarmstream.schemas.wire.AvroBytes;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.WireFormat;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Takes down what is in the models topic: each chunk's hash in place of its payload. */
final class SurveyModels implements FlatMapFunction<InboundRecord, PublishedChunk> {
  private static final long serialVersionUID = 1L;

  // -- configuration
  private final ContractTerms terms;

  SurveyModels(ContractTerms terms) {
    this.terms = terms;
  }

  @Override
  public void flatMap(InboundRecord record, Collector<PublishedChunk> out) {
    if (record.value().length == 0) {
      return; // a tombstone takes a chunk away, it does not say anything
    }
    try {
      ModelChunk chunk = WireFormat.MODEL_CHUNK.decode(record.value());
      if (!chunk.getContract().equals(terms.contract())) {
        // What it says of a round says nothing of this contract's.
        out.collect(unreadable(record, PublishedChunk.flaw(chunk, terms).orElse("")));
        return;
      }
      String flaw = PublishedChunk.flaw(chunk, terms).orElse("");
      out.collect(
          new PublishedChunk(
              record.partition(),
              record.offset(),
              chunk.getRound(),
              chunk.getChunkIndex(),
              MerkleTree.leaf(AvroBytes.of(chunk.getPayload())).hex(),
              flaw));
    } catch (MalformedRecordException e) {
      out.collect(unreadable(record, String.valueOf(e.getMessage())));
    }
  }

  private static PublishedChunk unreadable(InboundRecord record, String flaw) {
    return new PublishedChunk(record.partition(), record.offset(), -1, -1, "", flaw);
  }
}
